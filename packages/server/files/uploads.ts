import type { AnnouncedFile } from '@confab/chat';
import type { DataStore } from '@tus/utils';

/** What a file's sender announced of it; `null` when there is no such file. */
export type AnnouncedOf = (id: string) => Promise<AnnouncedFile | null>;

/** Where bytes lie that are on their way, until all of a file has arrived. */
export interface Uploads {
  /**
   * What the tus protocol writes to. An upload is there as soon as its file is announced, with no byte yet. The memory of
   * the bytes that are given to `write` is used up.
   */
  readonly store: DataStore;
  /** A file on this machine that has what has arrived while `use` runs; `undefined` when nothing has. */
  withFile<T>(id: string, use: (path: string) => Promise<T>): Promise<T | undefined>;
  /** What is not there is removed. */
  remove(id: string): Promise<void>;
  /** Those that nothing was written to since then (Unix ms). */
  stale(before: number): Promise<string[]>;
}
