import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toWireError } from '@confab/protocol';
import { BlobMissing } from '@confab/storage/blobs';
import { asBlobError, type LocalFiles, type S3Bucket, type S3Object } from '@confab/storage/blobs/s3';
import { DataStore, ERRORS, Upload } from '@tus/utils';
import { refuseAsTold } from './blob-refusal.ts';
import { giveBack } from './give-back.ts';
import { asTusError } from './tus-error.ts';
import { joinedPieces, type PieceUse, parsePieceName, pieceName, type UploadPiece } from './upload-pieces.ts';
import type { AnnouncedOf, Uploads } from './uploads.ts';

interface S3UploadsParts {
  readonly bucket: S3Bucket;
  /** Where bytes are gathered until they make a piece. */
  readonly localFiles: LocalFiles;
  readonly announcedOf: AnnouncedOf;
  readonly limits?: Partial<UploadLimits>;
}

interface UploadLimits {
  /** As much as comes in one request is put there at a time. */
  readonly pieceBytes: number;
  /** Of one upload. */
  readonly pieces: number;
}

interface KeptPiece extends UploadPiece {
  readonly key: string;
}

const usualLimits: UploadLimits = { pieceBytes: 8 * 1024 * 1024, pieces: 10_000 };
const idForm = /^[0-9a-f-]{36}$/;
const prefix = 'uploads/';
const removedAtOnce = 8;

/**
 * Bytes on their way in a bucket: an object for each piece that came, named by where it belongs. Nothing else is known
 * of an upload, so any node can take the next piece, and two that take the same one do not disturb each other.
 */
export class S3Uploads extends DataStore implements Uploads {
  override readonly extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly store = this;
  readonly #parts: S3UploadsParts;
  readonly #limits: UploadLimits;

  constructor(parts: S3UploadsParts) {
    super();
    this.#parts = parts;
    this.#limits = { ...usualLimits, ...parts.limits };
  }

  override async create(upload: Upload): Promise<Upload> {
    const nothing = { at: 0, bytes: 0 };
    // Of what is empty nothing ever arrives; everything else is there with its first piece.
    if (upload.size === 0) {
      await this.#parts.bucket.putBytes(this.#keyOf(upload.id, nothing), new Uint8Array()).catch(refuseAsTold);
    }
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const announced = idForm.test(id) ? await this.#parts.announcedOf(id) : null;
    if (!announced) throw ERRORS.FILE_NOT_FOUND;
    const { name, size, arrived } = announced;
    const offset = arrived ? size : joinedPieces(await this.#pieces(id)).end;
    return new Upload({ id, size, offset, metadata: { filename: name } });
  }

  /** What has arrived is in the bucket before anybody is told, also of a request that broke off. */
  override async write(source: Readable, id: string, offset: number): Promise<number> {
    if (!idForm.test(id)) throw ERRORS.FILE_NOT_FOUND;
    const left = this.#limits.pieces - (await this.#pieces(id)).length;
    const chunks = new Chunks(source, this.#limits.pieceBytes);
    let at = offset;
    for (let pieces = 0; !chunks.ended; pieces += 1) {
      const limit = { limit: this.#limits.pieces, what: 'pieces of a file' };
      if (pieces >= left) throw asTusError(toWireError('limit-reached', limit));
      at += await this.#writePiece(chunks, id, at).catch((error: unknown) => refuseAsTold(asBlobError(error)));
    }
    if (chunks.error) throw chunks.error;
    return at;
  }

  override async remove(id: string): Promise<void> {
    const pieces = await this.#pieces(id);
    for (let from = 0; from < pieces.length; from += removedAtOnce) {
      const some = pieces.slice(from, from + removedAtOnce);
      await Promise.all(some.map(({ key }) => this.#parts.bucket.remove(key))).catch(refuseAsTold);
    }
  }

  async withFile<T>(id: string, use: (path: string) => Promise<T>): Promise<T | undefined> {
    const pieces = await this.#pieces(id);
    if (pieces.length === 0) return undefined;
    return this.#parts.localFiles.withPath(async (path) => {
      const isWhole = await this.#download(joinedPieces(pieces).uses, path);
      return isWhole ? use(path) : undefined;
    });
  }

  async stale(before: number): Promise<string[]> {
    const writtenAt = new Map<string, number>();
    for (const { key, putAt } of await this.#list(prefix)) {
      const id = key.slice(prefix.length, key.indexOf('/', prefix.length));
      if (idForm.test(id)) writtenAt.set(id, Math.max(putAt, writtenAt.get(id) ?? 0));
    }
    return Array.from(writtenAt).flatMap(([id, at]) => (at < before ? [id] : []));
  }

  async #pieces(id: string): Promise<KeptPiece[]> {
    const folder = `${prefix}${id}/`;
    return (await this.#list(folder)).flatMap(({ key }) => {
      const piece = parsePieceName(key.slice(folder.length));
      return piece ? [{ key, ...piece }] : [];
    });
  }

  async #list(keys: string): Promise<S3Object[]> {
    const found: S3Object[] = [];
    try {
      for await (const object of this.#parts.bucket.list(keys)) found.push(object);
    } catch (error) {
      refuseAsTold(error);
    }
    return found;
  }

  #writePiece(chunks: Chunks, id: string, at: number): Promise<number> {
    const { bucket, localFiles } = this.#parts;
    return localFiles.withPath(async (path) => {
      const handle = await open(path, 'wx');
      const bytes = await chunks.writeSome(handle).finally(() => handle.close());
      if (bytes > 0) await bucket.putFile(this.#keyOf(id, { at, bytes }), path);
      return bytes;
    });
  }

  /** Whether all of it was still there. */
  async #download(uses: readonly PieceUse<KeptPiece>[], path: string): Promise<boolean> {
    try {
      const handle = await open(path, 'wx');
      await handle.close();
      for (const { piece, skip } of uses) {
        const range = skip > 0 ? { from: skip, to: piece.bytes - 1 } : undefined;
        await pipeline(await this.#parts.bucket.get(piece.key, range), createWriteStream(path, { flags: 'a' }));
      }
      return true;
    } catch (error) {
      // Another node took it over, or its sender does not want it any more.
      if (error instanceof BlobMissing) return false;
      return refuseAsTold(asBlobError(error));
    }
  }

  #keyOf(id: string, piece: UploadPiece): string {
    return `${prefix}${id}/${pieceName(piece)}`;
  }
}

/** What comes, in stretches of so many bytes or a little more. */
class Chunks {
  ended = false;
  /** With which it broke off. */
  error: unknown;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #enough: number;

  constructor(source: Readable, enough: number) {
    this.#chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    this.#enough = enough;
  }

  /** Writes until there is enough, or no more comes. @throws what the file system says, never what the source says. */
  async writeSome(handle: FileHandle): Promise<number> {
    let bytes = 0;
    while (bytes < this.#enough) {
      const chunk = await this.#next();
      if (chunk === undefined) break;
      await handle.appendFile(chunk);
      bytes += chunk.length;
      giveBack(chunk);
    }
    return bytes;
  }

  async #next(): Promise<Buffer | undefined> {
    try {
      const { value, done } = await this.#chunks.next();
      if (!done) return value as Buffer;
    } catch (error) {
      this.error = error;
    }
    this.ended = true;
    return undefined;
  }
}
