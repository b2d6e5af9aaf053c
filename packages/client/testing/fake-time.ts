interface Timer {
  at: number;
  order: number;
  task: () => void;
}

/** Lets everything that is ready run: promises, and what they start. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that a test moves by hand. */
export class FakeTime {
  #now = 1_700_000_000_000;
  #monotonic = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  readonly clock = { now: () => this.#now, monotonic: () => this.#monotonic };

  readonly after = (delayMs: number, task: () => void): (() => void) => {
    this.#order += 1;
    const timer = { at: this.#monotonic + delayMs, order: this.#order, task };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  };

  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves on by `ms`, running what becomes due at its time. */
  async advance(ms: number): Promise<void> {
    await settled();
    const end = this.#monotonic + ms;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined || next.at > end) break;
      this.#move(Math.max(0, next.at - this.#monotonic));
      this.#timers.delete(next);
      next.task();
      await settled();
    }
    this.#move(end - this.#monotonic);
    await settled();
  }

  /** The machine sleeps: the wall clock goes on, nothing else does. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  #move(ms: number): void {
    this.#now += ms;
    this.#monotonic += ms;
  }
}
