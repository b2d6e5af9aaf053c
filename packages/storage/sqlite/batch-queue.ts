import { DatabaseUnavailable } from '../database.ts';
import { errorOf } from '../failure.ts';
import type { Batch, BatchReply } from './batch.ts';

/** Where batches run, one at a time: a worker thread, or the calling thread. */
export interface Lane {
  /**
   * Rejects with a `DataCloneError`, before anything ran, if an input cannot cross threads; with
   * `DatabaseUnavailable` if the lane broke.
   */
  run(batch: Batch): Promise<BatchReply>;
  close(): Promise<void>;
}

export interface BatchQueueOptions {
  readonly lanes: readonly Lane[];
  readonly maxQueued: number;
  readonly maxBatch: number;
  /** Calls back when those who are about to submit have done so. */
  readonly soon: (flush: () => void) => void;
}

interface Waiting {
  readonly script: string;
  readonly input: unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Group commit: each lane has at most one batch in flight; what arrives meanwhile is the next one. */
export class BatchQueue {
  readonly #options: BatchQueueOptions;
  readonly #idle: Lane[];
  #waiting: Waiting[] = [];
  #flushing = false;
  #drained: (() => void) | undefined;

  constructor(options: BatchQueueOptions) {
    this.#options = options;
    this.#idle = [...options.lanes];
  }

  submit<T>(script: string, input: unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#drained !== undefined) return reject(new DatabaseUnavailable('the database is closed'));
      if (this.#waiting.length >= this.#options.maxQueued) {
        return reject(new DatabaseUnavailable(`more than ${this.#options.maxQueued} scripts are waiting`));
      }
      this.#waiting.push({ script, input, resolve, reject });
      if (this.#flushing || this.#idle.length === 0) return;
      this.#flushing = true;
      this.#options.soon(this.#flush);
    });
  }

  /** Takes no more, and resolves when what was accepted is done. Called once. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve;
      this.#tellDrained();
    });
  }

  async closeLanes(): Promise<void> {
    await Promise.all(this.#options.lanes.map((lane) => lane.close()));
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    while (this.#waiting.length > 0) {
      const share = Math.ceil(this.#waiting.length / Math.max(1, this.#idle.length));
      const lane = this.#idle.pop();
      if (lane === undefined) return;
      void this.#run(lane, this.#waiting.splice(0, Math.min(share, this.#options.maxBatch)));
    }
  };

  async #run(lane: Lane, batch: Waiting[]): Promise<void> {
    let settle: () => void;
    try {
      const reply = await lane.run({
        scripts: batch.map((each) => each.script),
        inputs: batch.map((each) => each.input),
      });
      settle = () => answer(batch, reply);
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      settle = cause.name === 'DataCloneError' ? () => this.#sortOut(batch) : () => rejectAll(batch, cause);
    }
    this.#idle.push(lane);
    // The next batch leaves before the answers of this one are worked on, so that the disk does not wait for them.
    if (this.#waiting.length > 0) this.#flush();
    settle();
    this.#tellDrained();
  }

  /** One input cannot be cloned: its caller is told, its neighbours go first in the next batch. */
  #sortOut(batch: Waiting[]): void {
    const sound = batch.filter((each) => {
      try {
        structuredClone(each.input);
        return true;
      } catch (error) {
        each.reject(error instanceof Error ? error : new Error(String(error)));
        return false;
      }
    });
    this.#waiting.unshift(...sound);
    if (this.#idle.length > 0) this.#flush();
  }

  #tellDrained(): void {
    if (this.#waiting.length === 0 && this.#idle.length === this.#options.lanes.length) this.#drained?.();
  }
}

function answer(batch: readonly Waiting[], reply: BatchReply): void {
  // Rejected first: a promise that is settled ignores what follows.
  for (const failure of reply.failures) batch[failure.index]?.reject(errorOf(failure));
  for (let index = 0; index < batch.length; index++) batch[index]?.resolve(reply.values[index] as never);
}

function rejectAll(batch: readonly Waiting[], error: Error): void {
  for (const each of batch) each.reject(error);
}
