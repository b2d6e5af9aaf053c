import type { Timers } from '@confab/engine';
import { Refusal } from '@confab/protocol/errors.ts';
import type { MediaLimits } from './limits.ts';
import type { AskedTask, MediaTaskName, MediaTasks } from './media-tasks.ts';
import type { MediaProgram } from './spawn-media.ts';

/** Why a task came to nothing; whether another attempt may come to something depends on it. */
export class MediaFailed extends Error {
  readonly why: 'time' | 'memory' | 'died' | 'failed';

  constructor(why: MediaFailed['why'], said = '') {
    super(`A task of the process of files came to nothing (${why}). ${said}`);
    this.why = why;
  }
}

interface MediaChildParts {
  readonly timers: Timers;
  readonly limits: MediaLimits;
  readonly start: () => Promise<MediaProgram>;
}

/**
 * One process that is there as long as there is something to do, and a while after. Tasks wait for each other; one
 * that takes too long or too much memory ends the process, and the next begins in a new one.
 */
export class MediaChild {
  readonly #parts: MediaChildParts;
  #program: MediaProgram | undefined;
  #done = 0;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  #stopIdling = (): void => {};
  #isClosed = false;

  constructor(parts: MediaChildParts) {
    this.#parts = parts;
  }

  /**
   * @param timeMs from when it begins
   * @throws `MediaFailed`, or `Refusal('overloaded')`, which says nothing of the file
   */
  async ask<Name extends MediaTaskName>(
    what: Name,
    asked: MediaTasks[Name]['ask'],
    timeMs: number,
  ): Promise<MediaTasks[Name]['answer']> {
    if (this.#waiting >= this.#parts.limits.queuedTasks) throw new Refusal('overloaded');
    this.#waiting++;
    const turn = this.#last.then(() => this.#do({ what, ...asked } as AskedTask, timeMs));
    this.#last = turn.catch(() => {});
    try {
      return (await turn) as MediaTasks[Name]['answer'];
    } finally {
      this.#waiting--;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end();
    // One that was just being started is ended by whoever waits for it.
    await this.#last;
  }

  async #do(task: AskedTask, timeMs: number): Promise<unknown> {
    this.#stopIdling();
    const program = await this.#started();
    program.hold(true);
    const outcome = Promise.withResolvers<unknown>();
    const fail = (why: MediaFailed['why'], said?: string): void => outcome.reject(new MediaFailed(why, said));
    const stopTime = this.#parts.timers.after(timeMs, () => fail('time'));
    const stopWatching = this.#watch(program, () => fail('memory'));
    const stopHearing = program.hear((message) => {
      if ('answer' in message) outcome.resolve(message.answer);
      if ('failed' in message) fail('failed', message.failed);
    });
    void program.gone.then(() => fail('died'));
    program.send(task);
    try {
      return await outcome.promise;
    } catch (error) {
      const isBug = error instanceof MediaFailed && error.why === 'failed';
      if (!isBug) await this.#end();
      throw this.#isClosed ? new Refusal('overloaded') : error;
    } finally {
      stopTime();
      stopWatching();
      stopHearing();
      await this.#rest(program);
    }
  }

  async #started(): Promise<MediaProgram> {
    if (this.#isClosed) throw new Refusal('overloaded');
    if (this.#program) return this.#program;
    const program = await this.#parts.start();
    this.#program = program;
    this.#done = 0;
    void program.gone.then(() => {
      if (this.#program === program) this.#program = undefined;
    });
    // A machine on which nothing can be started now may be able to later.
    if (!(await program.ready) || this.#isClosed) {
      await this.#end();
      throw new Refusal('overloaded');
    }
    return program;
  }

  #watch(program: MediaProgram, onTooMuch: () => void): () => void {
    const { timers, limits } = this.#parts;
    let isOver = false;
    let stop = timers.after(limits.residentCheckMs, check);
    function check(): void {
      void program.resident().then((bytes) => {
        if (isOver) return;
        if (bytes > limits.residentBytes) onTooMuch();
        else stop = timers.after(limits.residentCheckMs, check);
      });
    }
    return () => {
      isOver = true;
      stop();
    };
  }

  async #rest(program: MediaProgram): Promise<void> {
    const { timers, limits } = this.#parts;
    if (this.#program !== program) return;
    this.#done++;
    const isLarge = (await program.resident()) > limits.restingBytes;
    if (isLarge || this.#done >= limits.tasksPerChild) return this.#end();
    program.hold(false);
    this.#stopIdling = timers.after(limits.idleMs, () => void this.#end());
  }

  async #end(): Promise<void> {
    this.#stopIdling();
    const program = this.#program;
    if (!program) return;
    program.hold(true);
    program.kill();
    await program.gone;
  }
}
