import type { StatementSync } from 'node:sqlite';
import { DatabaseUnavailable, type Scripts } from '../database.ts';
import { type Failure, failureOf } from '../failure.ts';
import { requireCloneable } from '../require-cloneable.ts';
import type { Batch, BatchReply } from './batch.ts';
import type { Connection } from './connection.ts';
import { isConstraint, isUnavailable, unavailable } from './sqlite-error.ts';

/** Runs batches of scripts on one connection, in the calling thread. Opens the connection anew if it broke. */
export class ScriptRunner {
  readonly #scripts: Scripts;
  readonly #open: () => Connection;
  #current: Open | undefined;

  /** @throws what `open` throws: the first connection is made here. */
  constructor(scripts: Scripts, open: () => Connection) {
    this.#scripts = scripts;
    this.#open = open;
    this.#current = opened(open());
  }

  /** Runs all scripts in one transaction, in order, each undone alone if it fails. Durable when it returns. */
  write(batch: Batch): BatchReply {
    try {
      this.#current ??= opened(this.#open());
      return this.#commit(this.#current, batch);
    } catch (error) {
      this.#undo();
      // A deferred constraint speaks up at the commit and does not say whose work broke it: each by itself, then.
      if (isConstraint(error)) return batch.scripts.length > 1 ? this.#oneByOne(batch) : failed(batch, error);
      return failed(batch, error instanceof DatabaseUnavailable ? error : unavailable('could not commit', error));
    }
  }

  /** Runs each script on a snapshot of its own. On a read-only connection a statement that would write fails. */
  read(batch: Batch): BatchReply {
    const values: unknown[] = [];
    const failures: Failure[] = [];
    for (let index = 0; index < batch.scripts.length; index++) {
      try {
        this.#current ??= opened(this.#open());
        values[index] = this.#readOne(this.#current, batch.scripts[index] ?? '', batch.inputs[index]);
      } catch (error) {
        values[index] = undefined;
        failures.push(failureOf(index, error));
        this.#undo();
      }
    }
    return { values, failures };
  }

  /** Copies the log's pages to the database file if there are at least `pages` of them that were not copied yet. */
  checkpoint(pages: number): void {
    const current = this.#current;
    if (current === undefined) return;
    try {
      const { log, checkpointed } = current.logSize.get() as { log: number; checkpointed: number };
      if (log - checkpointed >= pages) current.checkpoint.get();
    } catch {
      // A sick disk shows itself at the next commit, to those who wait for it; until then nothing is lost.
    }
  }

  close(): void {
    this.#current?.connection.close();
    this.#current = undefined;
  }

  #commit(current: Open, batch: Batch): BatchReply {
    const count = batch.scripts.length;
    const values = new Array<unknown>(count);
    const failures: Failure[] = [];
    current.begin.run();
    for (let index = 0; index < count; index++) {
      current.savepoint.run();
      try {
        values[index] = this.#drive(current.connection, batch.scripts[index] ?? '', batch.inputs[index]);
      } catch (error) {
        // SQLite ends the whole transaction on some errors: then there is no savepoint left to go back to.
        if (error instanceof DatabaseUnavailable || !current.connection.inTransaction) throw error;
        failures.push(failureOf(index, error));
        current.rollbackTo.run();
      }
      current.release.run();
    }
    current.commit.run();
    return { values, failures };
  }

  #readOne(current: Open, script: string, input: unknown): unknown {
    current.beginRead.run();
    const value = this.#drive(current.connection, script, input);
    current.commit.run();
    return value;
  }

  #oneByOne(batch: Batch): BatchReply {
    const values: unknown[] = [];
    const failures: Failure[] = [];
    for (let index = 0; index < batch.scripts.length; index++) {
      const reply = this.write({ scripts: [batch.scripts[index] ?? ''], inputs: [batch.inputs[index]] });
      values[index] = reply.values[0];
      for (const failure of reply.failures) failures.push({ ...failure, index });
    }
    return { values, failures };
  }

  #drive(connection: Connection, name: string, input: unknown): unknown {
    const script = Object.hasOwn(this.#scripts, name) ? this.#scripts[name] : undefined;
    if (script === undefined) throw new Error(`no such script: ${name}`);
    const steps = script(input as never);
    let step = steps.next();
    while (!step.done) {
      let rows: unknown;
      try {
        rows = connection.run(step.value);
      } catch (error) {
        if (isUnavailable(error) || !connection.inTransaction) throw unavailable(`could not run ${name}`, error);
        // The script may catch what it provoked, a broken constraint for instance.
        step = steps.throw(error);
        continue;
      }
      step = steps.next(rows);
    }
    requireCloneable(step.value);
    return step.value;
  }

  #undo(): void {
    const current = this.#current;
    if (current === undefined) return;
    try {
      if (current.connection.inTransaction) current.connection.execute('ROLLBACK');
    } catch {
      this.#current = undefined;
      current.connection.close();
    }
  }
}

/** A connection with the runner's own statements, compiled once. */
interface Open {
  readonly connection: Connection;
  readonly begin: StatementSync;
  readonly beginRead: StatementSync;
  readonly savepoint: StatementSync;
  readonly rollbackTo: StatementSync;
  readonly release: StatementSync;
  readonly commit: StatementSync;
  readonly logSize: StatementSync;
  readonly checkpoint: StatementSync;
}

function opened(connection: Connection): Open {
  return {
    connection,
    begin: connection.prepareOwn('BEGIN IMMEDIATE'),
    beginRead: connection.prepareOwn('BEGIN'),
    savepoint: connection.prepareOwn('SAVEPOINT script'),
    rollbackTo: connection.prepareOwn('ROLLBACK TO script'),
    release: connection.prepareOwn('RELEASE script'),
    commit: connection.prepareOwn('COMMIT'),
    logSize: connection.prepareOwn('PRAGMA wal_checkpoint(NOOP)'),
    checkpoint: connection.prepareOwn('PRAGMA wal_checkpoint(PASSIVE)'),
  };
}

function failed(batch: Batch, error: unknown): BatchReply {
  return {
    values: batch.scripts.map(() => undefined),
    failures: batch.scripts.map((_, index) => failureOf(index, error)),
  };
}
