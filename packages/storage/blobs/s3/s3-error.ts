import { BlobMissing, BlobsFull, BlobsUnavailable } from '../blobs.ts';

/** What a server or the way to it says. */
interface Said {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const missing = new Set(['NoSuchKey', 'NotFound']);
const full = new Set(['QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'InsufficientStorage']);
const insufficientStorage = 507;

/** A word for the log: never more, as an answer may repeat what was asked. */
export function reasonOf(error: unknown): string {
  const { name = 'Error', code, $metadata } = error as Said;
  return [code ?? name, $metadata?.httpStatusCode].filter((part) => part !== undefined).join(' ');
}

/** What the caller can act on; what was meant for us alone is its cause. */
export function asBlobError(error: unknown): Error {
  if (error instanceof BlobMissing || error instanceof BlobsFull || error instanceof BlobsUnavailable) return error;
  const { name = '', code = '', $metadata } = error as Said;
  if (missing.has(name)) return new BlobMissing('There is no such content.');
  if (full.has(name) || code === 'ENOSPC' || code === 'EDQUOT' || $metadata?.httpStatusCode === insufficientStorage) {
    return new BlobsFull('There is no room left.');
  }
  return new BlobsUnavailable(`The S3 store did not do what it was asked: ${reasonOf(error)}`, { cause: error });
}
