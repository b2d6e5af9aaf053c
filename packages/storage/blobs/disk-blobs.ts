import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { syncFolder } from '../sync-folder.ts';
import { BlobMissing, type Blobs, BlobsFull, type ByteRange, type KeptBlob } from './blobs.ts';
import { removeOlder } from './remove-older.ts';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** How much is read at a time. */
const readBytes = 256 * 1024;

/** Rejects with what the caller can act on. */
async function told<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new BlobMissing('There is no such content.');
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new BlobsFull('There is no room left.');
    throw error;
  }
}

/**
 * Content in a folder: a file for each, named by its hash in hex so that it is the same name on every system, in 256
 * folders by its first byte. A file appears complete or not at all: it is written beside, synced, and linked there.
 */
export class DiskBlobs implements Blobs {
  readonly #folder: string;
  readonly #beside: string;

  /** @param folder it and its folders are made when they are first needed */
  constructor(folder: string) {
    this.#folder = join(folder, 'blobs');
    this.#beside = join(folder, 'beside');
  }

  adopt(hash: string, path: string): Promise<void> {
    return told(this.#place(hash, path));
  }

  async put(hash: string, bytes: Uint8Array): Promise<void> {
    const path = await told(this.#besidePath());
    try {
      await told(this.#write(path, bytes));
      await this.adopt(hash, path);
    } finally {
      await rm(path, { force: true });
    }
  }

  async read(hash: string, range?: ByteRange): Promise<Readable> {
    const handle = await told(open(this.#pathOf(hash), 'r'));
    return handle.createReadStream({
      highWaterMark: readBytes,
      ...(range ? { start: range.from, end: range.to } : {}),
    });
  }

  async withFile<T>(hash: string, use: (path: string) => Promise<T>): Promise<T> {
    const path = this.#pathOf(hash);
    await told(stat(path));
    return use(path);
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#pathOf(hash), { force: true });
  }

  async *list(slice: number, of: number): AsyncIterable<KeptBlob> {
    for (let byte = slice; byte < 256; byte += of) {
      const folder = join(this.#folder, byte.toString(16).padStart(2, '0'));
      for (const name of await readdir(folder).catch(() => [])) {
        if (!/^[0-9a-f]{64}$/.test(name)) continue;
        const found = await stat(join(folder, name)).catch(() => undefined);
        if (found) yield { hash: Buffer.from(name, 'hex').toString('base64url'), putAt: found.mtimeMs };
      }
    }
  }

  async tidy(before: number): Promise<void> {
    await removeOlder(this.#beside, before);
  }

  async freeBytes(): Promise<number | null> {
    await mkdir(this.#folder, { recursive: true });
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  async #place(hash: string, path: string): Promise<void> {
    const wanted = this.#pathOf(hash);
    const folder = dirname(wanted);
    await mkdir(folder, { recursive: true });
    await sync(path);
    try {
      await link(path, wanted);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return await touch(wanted);
      if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
      await this.#copy(path, wanted);
    }
    await syncFolder(folder);
  }

  /** Where a file cannot have two names. */
  async #copy(path: string, wanted: string): Promise<void> {
    const beside = await this.#besidePath();
    try {
      await copyFile(path, beside, constants.COPYFILE_FICLONE);
      await sync(beside);
      await rename(beside, wanted);
    } finally {
      await rm(beside, { force: true });
    }
  }

  async #besidePath(): Promise<string> {
    await mkdir(this.#beside, { recursive: true });
    return join(this.#beside, randomUUID());
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  }

  #pathOf(hash: string): string {
    const hex = Buffer.from(hash, 'base64url').toString('hex');
    return join(this.#folder, hex.slice(0, 2), hex);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** It was just put there again: who deletes what is old and nobody's is to leave it alone. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}
