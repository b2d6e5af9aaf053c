import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../sync-folder.ts';
import { CopyRefused } from './copy-refused.ts';

/** Only for whoever runs Confab: it holds what people say, and the hashes of their passwords. */
const mode = 0o600;

/**
 * Makes a file under another name first, so that whenever it breaks off there is either none or all of it, on disk.
 * `finish` is called when it is whole and synced, before it gets its name.
 * @throws `CopyRefused` when there is one in the making already, and what `make` throws; then there is nothing left.
 */
export async function makeFile<T>(
  file: string,
  unfinished: string,
  make: () => Promise<T>,
  finish: () => void = () => undefined,
): Promise<T> {
  try {
    closeSync(openSync(unfinished, 'wx', mode));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'is there' : (error as Error).message;
    throw new CopyRefused(
      `${unfinished} ${why}: another copy is being made, or one was broken off. Remove it in the latter case.`,
      { cause: error },
    );
  }
  try {
    const made = await make();
    syncFile(unfinished);
    finish();
    renameSync(unfinished, file);
    syncFolder(dirname(file));
    return made;
  } catch (error) {
    for (const rest of ['', '-journal', '-wal', '-shm']) rmSync(`${unfinished}${rest}`, { force: true });
    throw error;
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
