import { type Database, DatabaseUnavailable, type Scripts } from '../database.ts';
import type { Outcome, Work } from './attempt.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { LanePool } from './lane-pool.ts';
import type { PostgresLimits } from './limits.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { readScript } from './read-script.ts';
import { writeBatch } from './write-batch.ts';

export interface PostgresDatabaseParts {
  readonly open: () => Promise<PostgresConnection>;
  readonly scripts: Scripts;
  readonly limits: PostgresLimits;
}

interface Waiting extends Work {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

interface Side {
  readonly queue: KeyedQueue<Waiting, PostgresConnection>;
  readonly lanes: LanePool;
}

/** How often it looks for what has waited for too long. */
const looksPerWait = 20;

/** The database port on PostgreSQL: keys that write side by side, and any number of readers. */
export class PostgresDatabase implements Database {
  readonly #limits: PostgresLimits;
  readonly #writes: Side;
  readonly #reads: Side;
  #read = 0;
  #looking: NodeJS.Timeout | undefined;
  #stoodStillMs = 0;
  #closing: Promise<void> | undefined;

  constructor({ open, scripts, limits }: PostgresDatabaseParts) {
    this.#limits = limits;
    this.#writes = sideOf(open, {
      connections: limits.writeConnections,
      maxQueued: limits.maxQueuedWrites,
      maxBatch: limits.maxBatchWrites,
      run: (connection, key, batch) => writeBatch(connection, key, batch, { scripts, limits }),
    });
    this.#reads = sideOf(open, {
      connections: limits.readConnections,
      maxQueued: limits.maxQueuedReads,
      maxBatch: 1,
      run: (connection, _, batch) =>
        Promise.all(batch.map((each) => readScript(connection, each, scripts, limits.batchMs))),
    });
  }

  /** Takes a connection that writes from now on. */
  adopt(connection: PostgresConnection): void {
    this.#writes.lanes.adopt(connection);
  }

  write<T>(script: string, input: unknown, key = ''): Promise<T> {
    return this.#submit<T>(this.#writes, key, script, input);
  }

  read<T>(script: string, input: unknown): Promise<T> {
    this.#read += 1;
    // No read waits for another one.
    return this.#submit<T>(this.#reads, `${this.#read}`, script, input);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #submit<T>({ queue }: Side, key: string, script: string, input: unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closing !== undefined) return reject(new DatabaseUnavailable('the database is closed'));
      // As it is now, and as it would cross to a thread.
      const work = { script, input: structuredClone(input), resolve, reject };
      if (queue.submit(key, work, this.#movingMs())) this.#look();
      else reject(new DatabaseUnavailable(`more than ${queue.queued} scripts are waiting`));
    });
  }

  async #close(): Promise<void> {
    const sides = [this.#writes, this.#reads];
    await Promise.all(sides.map(({ queue }) => queue.drain()));
    clearTimeout(this.#looking);
    await Promise.all(sides.map(({ lanes }) => lanes.close()));
  }

  /**
   * Monotonic milliseconds without those in which this process stood still: what came from the server meanwhile has not
   * been read, and who waits for it has not waited for the server.
   */
  #movingMs(): number {
    return performance.now() - this.#stoodStillMs;
  }

  /** Rejects what has waited for too long, and looks again while something waits. */
  #look(): void {
    if (this.#looking !== undefined) return;
    const { waitMs } = this.#limits;
    const everyMs = waitMs / looksPerWait;
    const dueMs = performance.now() + everyMs;
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      this.#stoodStillMs += Math.max(0, performance.now() - dueMs);
      for (const { queue } of [this.#writes, this.#reads]) {
        for (const { reject } of queue.expire(this.#movingMs() - waitMs)) {
          reject(new DatabaseUnavailable(`waited for the database for ${waitMs} ms`));
        }
      }
      if (this.#writes.queue.queued + this.#reads.queue.queued > 0) this.#look();
    }, everyMs);
  }
}

interface SideOptions {
  readonly connections: number;
  readonly maxQueued: number;
  readonly maxBatch: number;
  readonly run: (connection: PostgresConnection, key: string, batch: readonly Waiting[]) => Promise<Outcome[]>;
}

function sideOf(open: () => Promise<PostgresConnection>, options: SideOptions): Side {
  const queue: KeyedQueue<Waiting, PostgresConnection> = new KeyedQueue({
    maxQueued: options.maxQueued,
    maxBatch: options.maxBatch,
    needLane: () => lanes.need(),
    async run(connection, key, batch) {
      settle(batch, await options.run(connection, key, batch));
      return connection.lost === undefined;
    },
  });
  const lanes: LanePool = new LanePool({
    size: options.connections,
    open,
    offer: (connection) => queue.offer(connection),
    withdraw: (connection) => queue.withdraw(connection),
    wanted: () => queue.queued > 0,
  });
  return { queue, lanes };
}

function settle(batch: readonly Waiting[], outcomes: readonly Outcome[]): void {
  for (const [index, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[index] ?? { error: new DatabaseUnavailable('there was no outcome') };
    if ('error' in outcome) reject(outcome.error);
    else resolve(outcome.value as never);
  }
}
