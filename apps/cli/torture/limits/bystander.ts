import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SteadyPosts } from '../../load/steady-posts.ts';

/** A process of its own, so that making the trouble does not slow down the watch that is held on its effects. */
export class Bystander {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, 'bystander-process.ts'));
  readonly #answer: Promise<number[]>;

  constructor(posts: SteadyPosts) {
    this.#answer = once(this.#child, 'message').then(([ackMs]) => ackMs as number[]);
    this.#child.send(posts);
  }

  /** Milliseconds from send to acknowledgement of every post, after the given time or when stopped. */
  async result(): Promise<number[]> {
    const ackMs = await this.#answer;
    this.#child.disconnect();
    return ackMs;
  }

  stop(): Promise<number[]> {
    this.#child.send('stop');
    return this.result();
  }
}
