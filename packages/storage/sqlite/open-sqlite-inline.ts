import type { Database, Migration, Scripts } from '../database.ts';
import type { Batch, BatchReply } from './batch.ts';
import { BatchQueue, type Lane } from './batch-queue.ts';
import { Connection } from './connection.ts';
import { DataFileLock } from './data-file-lock.ts';
import { defaultLimits, type SqliteLimits } from './limits.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { ScriptRunner } from './script-runner.ts';
import { SqliteDatabase } from './sqlite-database.ts';

export interface SqliteInlineOptions {
  /** A path, or `:memory:` for a database of its own that ends with `close`. */
  readonly file: string;
  readonly scripts: Scripts;
  readonly migrations: readonly Migration[];
  readonly limits?: Partial<SqliteLimits>;
}

let memoryDatabases = 0;

/**
 * Opens a database whose scripts run in the calling thread, each batch at the end of the microtask that it came in.
 * For tests and simulation: it behaves like `openSqlite`, without threads, timers or chance.
 * @throws `DatabaseRefused`, or an error of the file system.
 */
export async function openSqliteInline(options: SqliteInlineOptions): Promise<Database> {
  const limits: SqliteLimits = { ...defaultLimits, ...options.limits };
  const lock = options.file === ':memory:' ? undefined : new DataFileLock(options.file);
  const file = lock?.file ?? `file:/confab-${++memoryDatabases}?vfs=memdb`;
  let writer: ScriptRunner | undefined;
  try {
    writer = new ScriptRunner(options.scripts, () => new Connection({ file, readOnly: false, limits }));
    migrateSqlite(file, options.migrations, limits);
    const reader = new ScriptRunner(options.scripts, () => new Connection({ file, readOnly: true, limits }));
    return new SqliteDatabase({
      writes: new BatchQueue({
        lanes: [inlineLane(writer, (runner, batch) => runner.write(batch), limits.checkpointPages)],
        maxQueued: limits.maxQueuedWrites,
        maxBatch: limits.maxBatchWrites,
        soon: queueMicrotask,
      }),
      reads: new BatchQueue({
        lanes: [inlineLane(reader, (runner, batch) => runner.read(batch))],
        maxQueued: limits.maxQueuedReads,
        maxBatch: limits.maxBatchReads,
        soon: queueMicrotask,
      }),
      release: () => lock?.release(),
    });
  } catch (error) {
    writer?.close();
    lock?.release();
    throw error;
  }
}

/** Clones what goes in and out, as the way to a worker thread does. */
function inlineLane(
  runner: ScriptRunner,
  run: (runner: ScriptRunner, batch: Batch) => BatchReply,
  checkpointPages?: number,
): Lane {
  return {
    async run(batch) {
      const reply = structuredClone(run(runner, structuredClone(batch)));
      if (checkpointPages !== undefined) runner.checkpoint(checkpointPages);
      return reply;
    },
    async close() {
      runner.close();
    },
  };
}
