import { hash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import type { AwaitedFile, Chat, FileInsight, FileSource, SettledFile } from '@confab/chat';
import type { Report } from '@confab/engine';
import { type ErrorCode, Refusal } from '@confab/protocol';
import { BlobMissing, type Blobs } from '@confab/storage/blobs';
import { Upload } from '@tus/utils';
import type { Inspected, Media } from '../media/media.ts';
import { refuseAsTold } from './blob-refusal.ts';
import type { FileLimits } from './limits.ts';
import type { Scanner } from './scanner.ts';
import type { Uploads } from './uploads.ts';

export interface FileKeeperParts {
  readonly blobs: Blobs;
  readonly uploads: Uploads;
  readonly media: Media;
  readonly scanner: Scanner | null;
  readonly limits: FileLimits;
  /** Comes before content is put there (`Chat.files.claim`). */
  readonly claim: Chat['files']['claim'];
  readonly report: Report;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Bytes that lie for an hour without a row that expects them are nobody's. */
const staleMs = 3_600_000;
/** Content of a day ago that nothing has is not just being put there. */
const orphanMs = 24 * 3_600_000;
const hashesAtOnce = 500;
const unwanted: ReadonlySet<ErrorCode> = new Set(['file-damaged', 'file-refused', 'file-infected']);

/** Where bytes of files are, for the domain. */
export class FileKeeper implements FileSource {
  readonly #parts: FileKeeperParts;

  constructor(parts: FileKeeperParts) {
    this.#parts = parts;
  }

  get fileBytes(): number {
    return this.#parts.limits.fileBytes;
  }
  get personBytes(): number | null {
    return this.#parts.limits.personBytes;
  }
  get spaceBytes(): number | null {
    return this.#parts.limits.spaceBytes;
  }

  async hasRoom(bytes: number): Promise<boolean> {
    const free = await this.#parts.blobs.freeBytes();
    return free === null || free - bytes > this.#parts.limits.reserveBytes;
  }

  async settle(file: AwaitedFile): Promise<SettledFile> {
    try {
      return await this.#settle(file);
    } catch (error) {
      // Nothing changes that: its bytes are not kept, and may be sent anew.
      if (error instanceof Refusal && unwanted.has(error.code)) await this.#parts.uploads.remove(file.id);
      throw error;
    }
  }

  /** What a job finds out about a file; `null` when it is gone, or cannot be read. */
  async lookInto(file: string, chat: Pick<Chat, 'files'>): Promise<FileInsight | null> {
    const { blobs, media } = this.#parts;
    const found = await chat.files.toPreview(file);
    if (!found) return null;
    const looked = await blobs.withFile(found.blob, (path) => media.lookInto(path, found)).catch(orNull);
    if (!looked) return null;
    const made = looked.previews.map((each) => ({ ...each, blob: hash('sha256', each.bytes, 'base64url') }));
    await chat.files.claim(
      file,
      made.map(({ blob }) => blob),
    );
    for (const { blob, bytes } of made) await blobs.put(blob, bytes).catch(refuseAsTold);
    const previews = made.map(({ width, type, blob, bytes }) => ({ width, type, blob, size: bytes.length }));
    return { ...looked, previews };
  }

  /** Deletes content that nothing has. Whether it did. */
  async drop(blob: string, chat: Pick<Chat, 'files'>): Promise<boolean> {
    if (!(await chat.files.doom(blob))) return false;
    await this.#parts.blobs.remove(blob).catch(refuseAsTold);
    return true;
  }

  /** Removes bytes on their way that nobody expects, and answers with content of a slice that nothing has. */
  sweep(slice: number, of: number, chat: Pick<Chat, 'files'>): Promise<string[]> {
    return this.#sweep(slice, of, chat).catch(refuseAsTold);
  }

  async #sweep(slice: number, of: number, chat: Pick<Chat, 'files'>): Promise<string[]> {
    const { blobs, uploads, now } = this.#parts;
    if (slice === 0) {
      await this.#sweepUploads(await uploads.stale(now() - staleMs), chat);
      await blobs.tidy(now() - orphanMs);
    }
    const orphans: string[] = [];
    let asked: string[] = [];
    for await (const { hash: blob, putAt } of blobs.list(slice, of)) {
      if (putAt > now() - orphanMs) continue;
      asked.push(blob);
      if (asked.length < hashesAtOnce) continue;
      orphans.push(...(await chat.files.unknown(asked)));
      asked = [];
    }
    return [...orphans, ...(await chat.files.unknown(asked))];
  }

  async #settle({ id, name, size, sha256, isPoster }: AwaitedFile): Promise<SettledFile> {
    const { uploads, media } = this.#parts;
    // Nothing of it ever arrives.
    if (size === 0) await uploads.store.create(new Upload({ id, size, offset: 0 }));
    const settled = await uploads.withFile(id, async (path) => {
      if ((await stat(path)).size !== size) throw new Refusal('file-incomplete');
      const inspected = await media.inspect(path, name);
      try {
        await this.#check(path, inspected, { sha256, isPoster });
        await this.#parts.claim(id, [inspected.hash]);
        await this.#parts.blobs.adopt(inspected.hash, inspected.path).catch(refuseAsTold);
      } finally {
        if (inspected.path !== path) await rm(inspected.path, { force: true });
      }
      const { hash: blob, kind, type, details, hasMore } = inspected;
      return { blob, size: inspected.size, kind, type, details, hasMore };
    });
    if (!settled) throw new Refusal('file-incomplete');
    return settled;
  }

  async #sweepUploads(stale: readonly string[], chat: Pick<Chat, 'files'>): Promise<void> {
    const expected = new Set(await chat.files.expected(stale));
    for (const id of stale) if (!expected.has(id)) await this.#parts.uploads.remove(id);
  }

  async #check(
    path: string,
    { given, kind, type, size }: Inspected,
    announced: Pick<AwaitedFile, 'sha256' | 'isPoster'>,
  ): Promise<void> {
    const { limits, scanner } = this.#parts;
    if (announced.sha256 !== '' && given !== announced.sha256) throw new Refusal('file-damaged');
    const isRefused = limits.refusedTypes.some((refused) => type === refused || type.startsWith(`${refused}/`));
    if (isRefused || (announced.isPoster && kind !== 'picture')) throw new Refusal('file-refused', { type });
    const signature = await scanner?.signatureIn(path, size);
    if (signature) throw new Refusal('file-infected', { signature });
  }
}

/** What was deleted meanwhile is nothing to look into. */
function orNull(error: unknown): null {
  if (error instanceof BlobMissing) return null;
  return refuseAsTold(error);
}
