import { existsSync, renameSync, rmSync } from 'node:fs';
import { DataFileLock } from '../sqlite/data-file-lock.ts';
import { CopyRefused } from './copy-refused.ts';
import { readNote, removeNote, unfinishedOf } from './moved-note.ts';
import { makeFile } from './new-file.ts';
import type { RowTarget } from './place.ts';
import { SqliteTarget } from './sqlite-target.ts';

const parts = ['', '-wal', '-shm', '-journal'] as const;

export interface SqliteArrival {
  /** The data file, which is not there yet. */
  readonly file: string;
  /** One whose content was moved elsewhere may be there; it is kept under a name with this in it. */
  readonly setAside?: string;
}

/**
 * Fills a data file that is not there before, and is whole or not there after.
 * @throws `DatabaseRefused` when the folder is in use, `CopyRefused` when there is something already, what `fill` throws.
 */
export async function intoSqlite<T>(
  { file: named, setAside }: SqliteArrival,
  fill: (target: RowTarget) => Promise<T>,
): Promise<T> {
  const lock = new DataFileLock(named);
  const { file } = lock;
  const unfinished = unfinishedOf(file);
  const old = setAside !== undefined && readNote(file) !== undefined ? `${file}.${setAside}` : undefined;
  try {
    if (old === undefined) requireNothing(file);
    // Left by one that was killed: the lock says that nobody writes to it any more.
    for (const part of parts) rmSync(`${unfinished}${part}`, { force: true });
    const fillUnfinished = async (): Promise<T> => {
      const target = SqliteTarget.open(unfinished, file);
      try {
        return await fill(target);
      } finally {
        target.close();
      }
    };
    const finish = (): void => {
      if (old !== undefined) rename(file, old);
    };
    const filled = await makeFile(file, unfinished, fillUnfinished, finish);
    if (old !== undefined) removeNote(file);
    return filled;
  } finally {
    lock.release();
  }
}

function requireNothing(file: string): void {
  const found = [...parts.map((part) => `${file}${part}`), `${file}.moved`].find((path) => existsSync(path));
  if (found === undefined) return;
  throw new CopyRefused(
    `${found} is there already: what is copied goes to an empty place. Choose another data folder.`,
  );
}

function rename(file: string, to: string): void {
  for (const part of parts) if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${to}${part}`);
}
