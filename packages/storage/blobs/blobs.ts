import type { Readable } from 'node:stream';

/** A stretch of bytes, both ends included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface KeptBlob {
  readonly hash: string;
  /** When it was put there last (Unix ms). */
  readonly putAt: number;
}

/**
 * Where content is kept, by its hash: SHA-256 as base64url. What is put there under a hash is that content; whoever
 * puts it has worked the hash out.
 */
export interface Blobs {
  /** Puts the content of a file on this machine there. It is durable when this resolves. */
  adopt(hash: string, path: string): Promise<void>;
  /** Puts something small there. It is durable when this resolves. */
  put(hash: string, bytes: Uint8Array): Promise<void>;
  /** Its bytes, or a stretch of them. @throws `BlobMissing` */
  read(hash: string, range?: ByteRange): Promise<Readable>;
  /** A file on this machine that has the content while `use` runs. @throws `BlobMissing` */
  withFile<T>(hash: string, use: (path: string) => Promise<T>): Promise<T>;
  /** What is not there is removed. */
  remove(hash: string): Promise<void>;
  /** All that is kept in one of so many slices, in any order. */
  list(slice: number, of: number): AsyncIterable<KeptBlob>;
  /** Removes what was begun to be put there before then (Unix ms) and never finished. */
  tidy(before: number): Promise<void>;
  /** How many bytes more there is room for; `null` where nobody says. */
  freeBytes(): Promise<number | null>;
}

/** There is no content of this hash. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
}

/** There is no room left for it. */
export class BlobsFull extends Error {
  override readonly name = 'BlobsFull';
}

/** Where content is kept does not answer, or not as it should. */
export class BlobsUnavailable extends Error {
  override readonly name = 'BlobsUnavailable';
}
