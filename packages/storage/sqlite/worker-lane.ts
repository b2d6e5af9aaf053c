import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { DatabaseRefused, DatabaseUnavailable } from '../database.ts';
import type { Batch, BatchReply } from './batch.ts';
import type { Lane } from './batch-queue.ts';
import type { FromLane, LaneStart, ToLane } from './lane-worker.ts';

/** Runs batches in a thread of its own. A thread that died is started anew by the next batch. */
export class WorkerLane implements Lane {
  readonly #start: LaneStart;
  #worker: Worker | undefined;
  #awaited: PromiseWithResolvers<FromLane> | undefined;

  private constructor(start: LaneStart) {
    this.#start = start;
  }

  /** @throws `DatabaseRefused`, or an `Error` that says why the thread could not open the database. */
  static async open(start: LaneStart): Promise<WorkerLane> {
    const lane = new WorkerLane(start);
    await lane.#launch();
    return lane;
  }

  async run(batch: Batch): Promise<BatchReply> {
    if (this.#worker === undefined) await this.#relaunch();
    const answer = await this.#ask(batch);
    if (answer.kind !== 'reply') throw new DatabaseUnavailable('the database thread answered out of turn');
    return answer.reply;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close' satisfies ToLane);
    await gone;
  }

  async #launch(): Promise<void> {
    const workerData = { ...this.#start, compileCache: getCompileCacheDir() };
    const worker = new Worker(new URL(import.meta.resolve('@confab/storage/lane-start')), { workerData });
    this.#worker = worker;
    this.#awaited = Promise.withResolvers<FromLane>();
    worker.on('message', (message: FromLane) => this.#awaited?.resolve(message));
    // What the batch in flight came to is not known: a retry with the same client id finds out.
    worker.on('error', (error: Error) =>
      this.#awaited?.reject(new DatabaseUnavailable(`the database thread: ${error.message}`)),
    );
    worker.on('exit', () => {
      this.#awaited?.reject(new DatabaseUnavailable('the database thread ended'));
      if (this.#worker === worker) this.#worker = undefined;
    });
    const answer = await this.#awaited.promise;
    if (answer.kind === 'ready') return;
    this.#worker = undefined;
    if (answer.kind === 'refused') throw new DatabaseRefused(answer.reason, answer.sentence);
    if (answer.kind === 'reply') throw new DatabaseUnavailable('the database thread answered out of turn');
    const error = new Error(answer.message);
    if (answer.stack !== undefined) error.stack = answer.stack;
    throw error;
  }

  async #relaunch(): Promise<void> {
    try {
      await this.#launch();
    } catch (error) {
      throw new DatabaseUnavailable('the database thread could not be started again', { cause: error });
    }
  }

  #ask(batch: Batch): Promise<FromLane> {
    this.#awaited = Promise.withResolvers<FromLane>();
    // Throws on an input that cannot be cloned, and then nothing was sent.
    this.#worker?.postMessage(batch satisfies ToLane);
    return this.#awaited.promise;
  }
}
