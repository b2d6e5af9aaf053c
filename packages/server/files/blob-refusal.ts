import { Refusal } from '@confab/protocol';
import { BlobsFull, BlobsUnavailable } from '@confab/storage/blobs';

/** What a person is told when content could not be kept or read; everything else comes through as it is. */
export function refuseAsTold(error: unknown): never {
  if (error instanceof BlobsFull) throw new Refusal('storage-full');
  if (error instanceof BlobsUnavailable) throw new Refusal('storage-unavailable');
  throw error;
}
