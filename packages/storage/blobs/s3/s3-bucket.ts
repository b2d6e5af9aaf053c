import { once } from 'node:events';
import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange } from '../blobs.ts';
import { asBlobError, reasonOf } from './s3-error.ts';
import type { S3Place } from './s3-place.ts';
import { openS3Session, type S3Session } from './s3-session.ts';

export interface S3Object {
  readonly key: string;
  readonly size: number;
  /** When it was put there last (Unix ms). */
  readonly putAt: number;
}

interface S3BucketParts {
  readonly place: S3Place;
  /** Is told in a word why the store did not do what it was asked. */
  readonly onFailure: (reason: string) => void;
  readonly limits?: Partial<S3Limits>;
}

interface S3Limits {
  /** What is larger is sent in parts. */
  readonly wholeBytes: number;
  readonly partBytes: number;
  /** How many keys are asked for at a time. */
  readonly pageKeys: number;
}

/** Some of a file, both ends included, or all of it. */
interface FileStretch {
  readonly path: string;
  readonly start?: number;
  readonly end?: number;
}

const megabyte = 1024 * 1024;
const usualLimits: S3Limits = { wholeBytes: 64 * megabyte, partBytes: 32 * megabyte, pageKeys: 1_000 };
/** S3 takes no more parts of one object. */
const mostParts = 10_000;
/** How often a part of a file is sent: a stream cannot be sent again by the client itself. */
const mostTries = 3;

/**
 * What is asked of a bucket. Everything rejects with `BlobMissing`, `BlobsFull` or `BlobsUnavailable`; nothing is
 * connected, and no client loaded, before the first question.
 */
export class S3Bucket {
  readonly #parts: S3BucketParts;
  readonly #limits: S3Limits;
  #opening: Promise<S3Session> | undefined;

  constructor(parts: S3BucketParts) {
    this.#parts = parts;
    this.#limits = { ...usualLimits, ...parts.limits };
  }

  /** Whether it is there, and for us. */
  async check(): Promise<boolean> {
    try {
      await this.#send(({ client, sdk }) => client.send(new sdk.HeadBucketCommand(this.#bucket)));
      return true;
    } catch (error) {
      this.#parts.onFailure(reasonOf(error));
      return false;
    }
  }

  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    const object = { ...this.#object(key), Body: bytes };
    await this.#ask(({ client, sdk }) => client.send(new sdk.PutObjectCommand(object)));
  }

  /** In whole, or a large one part by part; it is there complete or not at all. */
  async putFile(key: string, path: string): Promise<void> {
    const { size } = await stat(path);
    if (size > this.#limits.wholeBytes) return this.#putParts(key, path, size);
    const object = { ...this.#object(key), ContentLength: size };
    await this.#sendFile({ path }, ({ client, sdk }, Body) =>
      client.send(new sdk.PutObjectCommand({ ...object, Body })),
    );
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const stretch = range ? { Range: `bytes=${range.from}-${range.to}` } : {};
    const request = { ...this.#object(key), ...stretch };
    const { Body } = await this.#ask(({ client, sdk }) => client.send(new sdk.GetObjectCommand(request)));
    return (Body as Readable | undefined) ?? Readable.from([]);
  }

  /** In bytes; `undefined` when it is not there. */
  async sizeOf(key: string): Promise<number | undefined> {
    try {
      const { ContentLength = 0 } = await this.#send(({ client, sdk }) =>
        client.send(new sdk.HeadObjectCommand(this.#object(key))),
      );
      return ContentLength;
    } catch (error) {
      // An answer without content has no room for more than the number.
      if (reasonOf(error).endsWith(' 404')) return undefined;
      throw this.#told(error);
    }
  }

  /** Makes it as new as if it had just been put there. Whether it could be done. */
  async touch(key: string): Promise<boolean> {
    const CopySource = `${this.#bucket.Bucket}/${key}`;
    // Only a copy that changes something may be onto itself.
    const copy = { ...this.#object(key), CopySource, MetadataDirective: 'REPLACE' } as const;
    return this.#send(({ client, sdk }) => client.send(new sdk.CopyObjectCommand(copy))).then(
      () => true,
      () => false,
    );
  }

  /** What is not there is removed. */
  async remove(key: string): Promise<void> {
    await this.#ask(({ client, sdk }) => client.send(new sdk.DeleteObjectCommand(this.#object(key))));
  }

  /** All whose keys begin so, by key. */
  async *list(prefix: string): AsyncIterable<S3Object> {
    for (let after: string | undefined; ; ) {
      const request = {
        ...{ ...this.#bucket, Prefix: prefix, MaxKeys: this.#limits.pageKeys },
        ...(after === undefined ? {} : { ContinuationToken: after }),
      };
      const page = await this.#ask(({ client, sdk }) => client.send(new sdk.ListObjectsV2Command(request)));
      for (const { Key: key, Size: size = 0, LastModified: at } of page.Contents ?? []) {
        if (key !== undefined && at !== undefined) yield { key, size, putAt: at.getTime() };
      }
      after = page.IsTruncated ? page.NextContinuationToken : undefined;
      if (after === undefined) return;
    }
  }

  /** Ends what was begun in parts before then (Unix ms) by a process that has not finished it. */
  async dropUnfinished(prefix: string, before: number): Promise<void> {
    for (let from = {}; ; ) {
      const request = { ...this.#bucket, Prefix: prefix, ...from };
      const page = await this.#send(({ client, sdk }) =>
        client.send(new sdk.ListMultipartUploadsCommand(request)),
      ).catch((error: unknown) => {
        if (reasonOf(error) === 'NotImplemented 501') return undefined;
        throw this.#told(error);
      });
      // A store that does not tell has a rule of its own for them.
      if (!page) return;
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (Key === undefined || Initiated === undefined || Initiated.getTime() >= before) continue;
        await this.#ask(({ client, sdk }) =>
          client.send(new sdk.AbortMultipartUploadCommand({ ...this.#object(Key), UploadId })),
        );
      }
      if (!page.IsTruncated) return;
      from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
  }

  async close(): Promise<void> {
    const session = await this.#opening?.catch(() => undefined);
    session?.client.destroy();
  }

  get #bucket(): { Bucket: string } {
    return { Bucket: this.#parts.place.bucket };
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { ...this.#bucket, Key: key };
  }

  async #putParts(key: string, path: string, size: number): Promise<void> {
    const { UploadId } = await this.#ask(({ client, sdk }) =>
      client.send(new sdk.CreateMultipartUploadCommand(this.#object(key))),
    );
    const upload = { ...this.#object(key), UploadId };
    try {
      const Parts = await this.#sendParts(upload, path, size);
      await this.#ask(({ client, sdk }) =>
        client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })),
      );
    } catch (error) {
      await this.#send(({ client, sdk }) => client.send(new sdk.AbortMultipartUploadCommand(upload))).catch(() => {
        // What is left of it goes when it is tidied up.
      });
      throw error;
    }
  }

  async #sendParts(upload: { Bucket: string; Key: string; UploadId: string | undefined }, path: string, size: number) {
    const partBytes = Math.max(this.#limits.partBytes, Math.ceil(size / mostParts));
    const parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < size; start += partBytes) {
      const ContentLength = Math.min(partBytes, size - start);
      const PartNumber = parts.length + 1;
      const part = { ...upload, PartNumber, ContentLength };
      const { ETag } = await this.#sendFile({ path, start, end: start + ContentLength - 1 }, ({ client, sdk }, Body) =>
        client.send(new sdk.UploadPartCommand({ ...part, Body })),
      );
      parts.push({ PartNumber, ETag });
    }
    return parts;
  }

  async #sendFile<T>(
    { path, ...stretch }: FileStretch,
    doing: (session: S3Session, body: ReadStream) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const body = createReadStream(path, stretch);
      try {
        return await this.#send((session) => doing(session, body));
      } catch (error) {
        if (tries >= mostTries || !mayPass(error)) throw this.#told(error);
      } finally {
        await closed(body);
      }
    }
  }

  async #ask<T>(doing: (session: S3Session) => Promise<T>): Promise<T> {
    try {
      return await this.#send(doing);
    } catch (error) {
      throw this.#told(error);
    }
  }

  async #send<T>(doing: (session: S3Session) => Promise<T>): Promise<T> {
    this.#opening ??= openS3Session(this.#parts.place);
    return doing(await this.#opening);
  }

  #told(error: unknown): Error {
    const told = asBlobError(error);
    if (told.name !== 'BlobMissing') this.#parts.onFailure(reasonOf(error));
    return told;
  }
}

/** A client that cannot send leaves what it was to send open. */
async function closed(body: ReadStream): Promise<void> {
  if (body.closed) return;
  const ended = once(body, 'close').catch(() => undefined);
  body.destroy();
  await ended;
}

/** No answer, or one that says that it is the server's own fault. */
function mayPass(error: unknown): boolean {
  const { httpStatusCode = 500 } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  return httpStatusCode >= 500 && httpStatusCode !== 507;
}
