import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { removeOlder } from '../remove-older.ts';

/** Files on this machine for as long as somebody needs them. */
export class LocalFiles {
  readonly #folder: string;

  /** @param folder made when it is first needed */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Hands out a path of nothing yet, and removes what is there when `use` has ended. */
  async withPath<T>(use: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, randomUUID());
    try {
      return await use(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** How many bytes more this machine has room for. */
  async freeBytes(): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  /** Removes what a process left there that ended before then (Unix ms). */
  tidy(before: number): Promise<void> {
    return removeOlder(this.#folder, before);
  }
}
