import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseRefused, type Migration, type RefusalReason, type Scripts } from '../database.ts';
import type { Batch, BatchReply } from './batch.ts';
import { Connection } from './connection.ts';
import type { SqliteLimits } from './limits.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { ScriptRunner } from './script-runner.ts';

/** The thread behind a `WorkerLane`. This file only wires: what it does stands in `ScriptRunner`. */

export interface LaneStart {
  readonly role: 'writer' | 'reader';
  readonly file: string;
  /** The address of a module that exports `scripts`. */
  readonly scripts: string;
  /** Applied by the writer before it says that it is ready. */
  readonly migrations: readonly Migration[];
  readonly limits: SqliteLimits;
}

export type ToLane = Batch | 'close';
export type FromLane =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly sentence: string }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string | undefined }
  | { readonly kind: 'reply'; readonly reply: BatchReply };

async function start({ role, file, scripts, migrations, limits }: LaneStart): Promise<ScriptRunner> {
  const module: { scripts?: Scripts } = await import(scripts);
  if (module.scripts === undefined) throw new Error(`${scripts} does not export scripts`);
  const runner = new ScriptRunner(module.scripts, () => new Connection({ file, readOnly: role === 'reader', limits }));
  try {
    if (role === 'writer') migrateSqlite(file, migrations, limits);
  } catch (error) {
    runner.close();
    throw error;
  }
  return runner;
}

function serve(runner: ScriptRunner, { role, limits }: LaneStart): void {
  parentPort?.on('message', (message: ToLane) => {
    if (message === 'close') {
      runner.close();
      parentPort?.close();
      return;
    }
    const reply = role === 'writer' ? runner.write(message) : runner.read(message);
    tell({ kind: 'reply', reply });
    if (role === 'writer') runner.checkpoint(limits.checkpointPages);
  });
}

function tell(message: FromLane): void {
  parentPort?.postMessage(message);
}

const given = workerData as LaneStart;
try {
  serve(await start(given), given);
  tell({ kind: 'ready' });
} catch (error) {
  if (error instanceof DatabaseRefused) {
    tell({ kind: 'refused', reason: error.reason, sentence: error.message });
  } else {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'failed', message, stack });
  }
}
