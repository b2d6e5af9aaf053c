import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { toWireError } from '@confab/protocol';
import { DataStore, ERRORS, Upload } from '@tus/utils';
import { giveBack } from './give-back.ts';
import { asTusError } from './tus-error.ts';
import type { AnnouncedOf, Uploads } from './uploads.ts';

const idForm = /^[0-9a-f-]{36}$/;
/** What is handed to the system at a time. */
const chunkBytes = 256 * 1024;

/** Bytes on their way in a folder: a file for each, as long as what has arrived. */
export class DiskUploads extends DataStore implements Uploads {
  override readonly extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly store = this;
  readonly #folder: string;
  readonly #announcedOf: AnnouncedOf;

  constructor(folder: string, announcedOf: AnnouncedOf) {
    super();
    this.#folder = join(folder, 'uploads');
    this.#announcedOf = announcedOf;
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#make(upload.id);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const announced = idForm.test(id) ? await this.#announcedOf(id) : null;
    if (!announced) throw ERRORS.FILE_NOT_FOUND;
    const { name, size, arrived } = announced;
    const offset = arrived ? size : ((await this.#sizeOf(id)) ?? 0);
    return new Upload({ id, size, offset, metadata: { filename: name } });
  }

  /** What has arrived is on disk before anybody is told, also of a request that broke off. */
  override async write(source: Readable, id: string, offset: number): Promise<number> {
    await this.#make(id);
    const handle = await open(this.#pathOf(id), 'r+');
    try {
      const written = await writeAll(source, handle, offset);
      return offset + written;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'ENOSPC' || code === 'EDQUOT' ? asTusError(toWireError('storage-full')) : error;
    } finally {
      await handle.close();
    }
  }

  override async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  async withFile<T>(id: string, use: (path: string) => Promise<T>): Promise<T | undefined> {
    return (await this.#sizeOf(id)) === undefined ? undefined : use(this.#pathOf(id));
  }

  async stale(before: number): Promise<string[]> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => idForm.test(name));
    const found = await Promise.all(
      names.map(async (name) => ({ name, seen: await stat(this.#pathOf(name)).catch(() => undefined) })),
    );
    return found.filter(({ seen }) => seen !== undefined && seen.mtimeMs < before).map(({ name }) => name);
  }

  async #make(id: string): Promise<void> {
    if (!idForm.test(id)) throw ERRORS.FILE_NOT_FOUND;
    await mkdir(this.#folder, { recursive: true });
    await (await open(this.#pathOf(id), 'a')).close();
  }

  async #sizeOf(id: string): Promise<number | undefined> {
    return (await stat(this.#pathOf(id)).catch(() => undefined))?.size;
  }

  #pathOf(id: string): string {
    return join(this.#folder, id);
  }
}

/** Writes what comes, some of it at a time, and answers with how many bytes that were. */
async function writeAll(source: Readable, handle: FileHandle, offset: number): Promise<number> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let written = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    const chunks = waiting;
    waiting = [];
    waitingBytes = 0;
    const { bytesWritten } = await handle.writev(chunks, offset + written);
    written += bytesWritten;
    const missing = chunks.reduce((sum, chunk) => sum + chunk.length, 0) - bytesWritten;
    // A disk that is nearly full takes a part, and says why only when it is asked again.
    for (const chunk of chunks) giveBack(chunk);
    if (missing > 0) throw Object.assign(new Error('A file could not be written.'), { code: 'ENOSPC' });
  };
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= chunkBytes) await flush();
    }
  } finally {
    await flush();
    await handle.datasync();
  }
  return written;
}
