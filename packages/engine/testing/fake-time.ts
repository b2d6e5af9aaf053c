import type { Clock, Timers } from '../ports.ts';

interface Waiting {
  readonly dueMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** A clock and timers that stand still until a test moves them. */
export class FakeTime {
  /** Unix milliseconds; a test may set it, as a machine's clock may jump. */
  nowMs: number;
  private monotonicMs = 0;
  private order = 0;
  private waiting: Waiting[] = [];
  private endOfTick: (() => void)[] = [];

  readonly clock: Clock = { now: () => this.nowMs, monotonic: () => this.monotonicMs };

  readonly timers: Timers = {
    after: (delayMs, task) => {
      const waiting = { dueMs: this.monotonicMs + delayMs, order: this.order++, task };
      this.waiting.push(waiting);
      return () => {
        this.waiting = this.waiting.filter((other) => other !== waiting);
      };
    },
    endOfTick: (task) => {
      this.endOfTick.push(task);
    },
  };

  constructor(nowMs = 1_700_000_000_000) {
    this.nowMs = nowMs;
  }

  /** Timers that have not come due. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  /** Ends the turn of the event loop: what waits for its end runs, until nothing does. */
  tick(): void {
    while (this.endOfTick.length > 0) {
      const tasks = this.endOfTick;
      this.endOfTick = [];
      for (const task of tasks) task();
    }
  }

  /** Lets everything that is already under way finish: promises, and the turns that they end in. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      quiet = this.endOfTick.length === 0 ? quiet + 1 : 0;
      this.tick();
    }
  }

  /** Moves time on; what becomes due runs at its time, each followed by `settle`. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.monotonicMs + ms;
    await this.settle();
    for (let next = this.nextDue(untilMs); next !== undefined; next = this.nextDue(untilMs)) {
      this.waiting = this.waiting.filter((other) => other !== next);
      this.moveTo(Math.max(this.monotonicMs, next.dueMs));
      next.task();
      await this.settle();
    }
    this.moveTo(untilMs);
  }

  private moveTo(monotonicMs: number): void {
    this.nowMs += monotonicMs - this.monotonicMs;
    this.monotonicMs = monotonicMs;
  }

  private nextDue(untilMs: number): Waiting | undefined {
    return this.waiting
      .filter(({ dueMs }) => dueMs <= untilMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  }
}
