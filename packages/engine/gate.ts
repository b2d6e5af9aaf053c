import { Refusal } from '@confab/protocol';

/**
 * Lets at most `width` pieces of work run at once and at most `line` wait for their turn; more are refused with
 * `overloaded`. So a storm is worked through as fast as the database can, and no faster.
 */
export class Gate {
  private readonly width: number;
  private readonly line: number;
  private readonly waiting: (() => void)[] = [];
  /** Those at the front were let in; they are cut off in bulk. */
  private front = 0;
  private running = 0;

  constructor(width: number, line: number) {
    this.width = width;
    this.line = line;
  }

  get waitingCount(): number {
    return this.waiting.length - this.front;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.width) {
      if (this.waitingCount >= this.line) throw new Refusal('overloaded');
      await new Promise<void>((enter) => this.waiting.push(enter));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** The place goes straight to the next in line, so that nobody who arrives now slips in before it. */
  private leave(): void {
    const next = this.waiting[this.front];
    if (next === undefined) {
      this.running -= 1;
      return;
    }
    this.front += 1;
    if (this.front > 1_000) {
      this.waiting.splice(0, this.front);
      this.front = 0;
    }
    next();
  }
}
