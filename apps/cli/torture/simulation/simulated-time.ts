import type { Timers } from '@confab/engine';

interface Waiting {
  readonly dueMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** The time of a simulation: it stands still while anything runs, and then jumps to what is due next. */
export class SimulatedTime {
  monotonicMs = 0;
  readonly startedMs = 1_700_000_000_000;
  /** A heap: the first is due first. */
  readonly #waiting: Waiting[] = [];
  readonly #cancelled = new Set<Waiting>();
  #order = 0;
  #endOfTick: (() => void)[] = [];

  after(delayMs: number, task: () => void): () => void {
    this.#order += 1;
    const waiting = { dueMs: this.monotonicMs + exact(delayMs), order: this.#order, task };
    this.#put(waiting);
    return () => this.#cancelled.add(waiting);
  }

  /** Timers of something that may end: after that nothing of it comes due. */
  timersOf(owner: { readonly alive: boolean }): Timers {
    return {
      after: (delayMs, task) => this.after(delayMs, () => owner.alive && task()),
      endOfTick: (task) => this.#endOfTick.push(() => owner.alive && task()),
    };
  }

  /** Runs everything that becomes due up to then, each to its end before the next. */
  async runUntil(untilMs: number): Promise<void> {
    await this.settle();
    for (let next = this.#waiting[0]; next !== undefined && next.dueMs <= untilMs; next = this.#waiting[0]) {
      this.#takeFirst();
      if (this.#cancelled.delete(next)) continue;
      this.monotonicMs = Math.max(this.monotonicMs, next.dueMs);
      next.task();
      await this.settle();
    }
    this.monotonicMs = Math.max(this.monotonicMs, untilMs);
  }

  /** Lets everything that is under way finish: promises, and the turns that they end in. */
  async settle(): Promise<void> {
    do {
      for (const task of this.#endOfTick.splice(0)) task();
      // All promises run before the next turn of the event loop.
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (this.#endOfTick.length > 0);
  }

  #put(waiting: Waiting): void {
    const heap = this.#waiting;
    let index = heap.push(waiting) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(waiting, heap[parent] as Waiting)) break;
      heap[index] = heap[parent] as Waiting;
      index = parent;
    }
    heap[index] = waiting;
  }

  #takeFirst(): void {
    const heap = this.#waiting;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Waiting, heap[child] as Waiting)) child += 1;
      if (!isBefore(heap[child] as Waiting, last)) break;
      heap[index] = heap[child] as Waiting;
      index = child;
    }
    heap[index] = last;
  }
}

/** In 1,024ths of a millisecond, which add up without a remainder: else somebody waits for it without end. */
const exact = (ms: number): number => Math.ceil(Math.max(0, ms) * 1_024) / 1_024;

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
