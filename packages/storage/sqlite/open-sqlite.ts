import { requireSqliteHere } from '../copy/moved-note.ts';
import type { Database, Migration } from '../database.ts';
import { BatchQueue } from './batch-queue.ts';
import { DataFileLock } from './data-file-lock.ts';
import type { LaneStart } from './lane-worker.ts';
import { defaultLimits, type SqliteLimits } from './limits.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { WorkerLane } from './worker-lane.ts';

export interface SqliteOptions {
  /** The data file's path; its folder is made if there is none. */
  readonly file: string;
  /** A module that exports `scripts: Scripts`; each thread imports it. */
  readonly scripts: URL;
  readonly migrations: readonly Migration[];
  readonly limits?: Partial<SqliteLimits>;
  /** Threads that read. */
  readonly readers?: number;
}

/**
 * Opens a SQLite data file for this process alone: one thread writes, others read, and the caller's never waits.
 * @throws `DatabaseRefused`, or an `Error` that says why the file cannot be opened.
 */
export async function openSqlite(options: SqliteOptions): Promise<Database> {
  const lock = new DataFileLock(options.file);
  const limits: SqliteLimits = { ...defaultLimits, ...options.limits };
  const start: LaneStart = {
    role: 'writer',
    file: lock.file,
    scripts: options.scripts.href,
    migrations: options.migrations,
    limits,
  };
  const lanes: WorkerLane[] = [];
  try {
    requireSqliteHere(lock.file);
    // The writer first: it makes the file and its tables.
    const writer = await WorkerLane.open(start);
    lanes.push(writer);
    const readers: WorkerLane[] = [];
    for (let count = 0; count < (options.readers ?? 1); count++) {
      const reader = await WorkerLane.open({ ...start, role: 'reader' });
      lanes.push(reader);
      readers.push(reader);
    }
    return new SqliteDatabase({
      writes: new BatchQueue({
        lanes: [writer],
        maxQueued: limits.maxQueuedWrites,
        maxBatch: limits.maxBatchWrites,
        soon: setImmediate,
      }),
      reads: new BatchQueue({
        lanes: readers,
        maxQueued: limits.maxQueuedReads,
        maxBatch: limits.maxBatchReads,
        soon: setImmediate,
      }),
      release: () => lock.release(),
    });
  } catch (error) {
    await Promise.all(lanes.map((lane) => lane.close()));
    lock.release();
    throw error;
  }
}
