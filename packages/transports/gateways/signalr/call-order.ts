import { toWireError } from '@confab/protocol';
import type { Outcome } from '../../session/index.ts';

type Answer = Outcome<unknown> | Promise<Outcome<unknown>>;

/**
 * The reference server makes the calls of a connection one after the other. Here they run side by side, but for those
 * that come after one that changes what is told: what is sent after a `Join` is heard.
 */
export class CallOrder {
  private readonly limit: number;
  private last: Promise<unknown> | null = null;
  private waiting = 0;

  /** `limit`: how many calls may wait for one before them. */
  constructor(limit: number) {
    this.limit = limit;
  }

  run(call: () => Answer, holdsOthers: boolean): Answer {
    const { last } = this;
    if (last !== null && this.waiting >= this.limit) {
      return { error: toWireError('too-many-in-flight', { limit: this.limit }) };
    }
    const answer = last === null ? call() : this.after(last, call);
    if (holdsOthers) this.hold(Promise.resolve(answer));
    return answer;
  }

  private after(last: Promise<unknown>, call: () => Answer): Promise<Outcome<unknown>> {
    this.waiting += 1;
    const begin = (): Answer => {
      this.waiting -= 1;
      return call();
    };
    return last.then(begin, begin);
  }

  private hold(answer: Promise<unknown>): void {
    const done = (): void => {
      if (this.last === answer) this.last = null;
    };
    this.last = answer;
    answer.then(done, done);
  }
}
