import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Blobs, ByteRange, KeptBlob } from '../blobs.ts';
import type { LocalFiles } from './local-files.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { asBlobError } from './s3-error.ts';

interface S3BlobsParts {
  readonly bucket: S3Bucket;
  /** Where copies lie while somebody looks into them. */
  readonly localFiles: LocalFiles;
}

const prefix = 'blobs/';

/**
 * Content in a bucket: an object for each, under its hash in hex, in 256 parts of the name's space by its first byte.
 * S3 shows an object when all of it is there, and keeps the older one until then.
 */
export class S3Blobs implements Blobs {
  readonly #bucket: S3Bucket;
  readonly #localFiles: LocalFiles;

  constructor({ bucket, localFiles }: S3BlobsParts) {
    this.#bucket = bucket;
    this.#localFiles = localFiles;
  }

  async adopt(hash: string, path: string): Promise<void> {
    const key = keyOf(hash);
    const { size } = await stat(path);
    // It was just put there again: who deletes what is old and nobody's is to leave it alone.
    if ((await this.#bucket.sizeOf(key)) === size && (await this.#bucket.touch(key))) return;
    await this.#bucket.putFile(key, path);
  }

  put(hash: string, bytes: Uint8Array): Promise<void> {
    return this.#bucket.putBytes(keyOf(hash), bytes);
  }

  read(hash: string, range?: ByteRange): Promise<Readable> {
    return this.#bucket.get(keyOf(hash), range);
  }

  withFile<T>(hash: string, use: (path: string) => Promise<T>): Promise<T> {
    return this.#localFiles.withPath(async (path) => {
      const content = await this.read(hash);
      await pipeline(content, createWriteStream(path, { flags: 'wx' })).catch((error: unknown) => {
        throw asBlobError(error);
      });
      return use(path);
    });
  }

  remove(hash: string): Promise<void> {
    return this.#bucket.remove(keyOf(hash));
  }

  async *list(slice: number, of: number): AsyncIterable<KeptBlob> {
    for (let byte = slice; byte < 256; byte += of) {
      const folder = `${prefix}${byte.toString(16).padStart(2, '0')}/`;
      for await (const { key, putAt } of this.#bucket.list(folder)) {
        const name = key.slice(folder.length);
        if (/^[0-9a-f]{64}$/.test(name)) yield { hash: Buffer.from(name, 'hex').toString('base64url'), putAt };
      }
    }
  }

  async tidy(before: number): Promise<void> {
    await this.#localFiles.tidy(before);
    await this.#bucket.dropUnfinished(prefix, before);
  }

  /** A bucket does not say, but all of a file passes over this machine's disk, where the database may be. */
  freeBytes(): Promise<number> {
    return this.#localFiles.freeBytes();
  }
}

function keyOf(hash: string): string {
  const hex = Buffer.from(hash, 'base64url').toString('hex');
  return `${prefix}${hex.slice(0, 2)}/${hex}`;
}
