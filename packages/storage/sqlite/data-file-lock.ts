import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseRefused } from '../database.ts';
import { syncFolder } from '../sync-folder.ts';
import { isBusy } from './sqlite-error.ts';

/**
 * Keeps a data file to one process. The lock is a transaction that stays open on a small SQLite file beside it, so the
 * operating system lets go of it however the process ends. Who holds it stands in a plain file: reading that one
 * cannot disturb the lock.
 */
export class DataFileLock {
  /** The data file's true path, whatever link it was named by. */
  readonly file: string;
  readonly #lock: DatabaseSync;

  /** @throws `DatabaseRefused` (`in-use`), or an error of the file system. */
  constructor(named: string) {
    this.file = truePath(named);
    this.#lock = new DatabaseSync(`${this.file}.lock`, { timeout: 0 });
    try {
      this.#lock.exec('BEGIN EXCLUSIVE');
      writeFileSync(`${this.file}.pid`, `${process.pid} ${hostname()}\n`);
    } catch (error) {
      this.#lock.close();
      throw isBusy(error) ? inUse(this.file) : error;
    }
  }

  release(): void {
    // Before the lock is let go: afterwards the file may be that of the next holder.
    rmSync(`${this.file}.pid`, { force: true });
    this.#lock.close();
  }
}

function inUse(file: string): DatabaseRefused {
  let holder = 'another process';
  try {
    const [pid, host] = readFileSync(`${file}.pid`, 'utf8').trim().split(' ');
    if (pid) holder = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  } catch {
    // Not written yet, or just removed: the sentence does without.
  }
  return new DatabaseRefused('in-use', `${file} is in use by ${holder}. Stop it first, or choose another data file.`);
}

/** Makes the folder if there is none, and its name lasting: the connection sees to the names inside it only. */
function truePath(named: string): string {
  const path = resolve(named);
  const firstMade = mkdirSync(dirname(path), { recursive: true });
  if (firstMade !== undefined) syncFolder(dirname(firstMade));
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}
