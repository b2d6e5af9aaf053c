import type { Timers } from '@confab/engine';
import type { WireError } from '@confab/protocol';

export interface SaverParts {
  readonly timers: Timers;
  /** Between a change and its saving, so that many changes are saved at once. */
  readonly delayMs: number;
  /** Gathers and saves what there is; `next`: with a new era of sends. Never rejects. */
  save(next: boolean): Promise<WireError | undefined>;
}

/** Saves where a session stands: one saving at a time, not more often than asked for. */
export class SessionSaver {
  private readonly parts: SaverParts;
  private running: Promise<unknown> = Promise.resolve();
  private cancelTimer: (() => void) | null = null;
  private stopped = false;

  constructor(parts: SaverParts) {
    this.parts = parts;
  }

  /** Something changed that may be lost if the server is killed now. */
  soon(): void {
    if (this.cancelTimer !== null || this.stopped) return;
    this.cancelTimer = this.parts.timers.after(this.parts.delayMs, () => {
      this.cancelTimer = null;
      void this.now();
    });
  }

  /** Saves, after a saving that is under way. Answers with why it could not. */
  now(next = false): Promise<WireError | undefined> {
    const saving = this.running.then(() => this.parts.save(next));
    this.running = saving;
    return saving.then((error) => {
      if (error !== undefined) this.soon();
      return error;
    });
  }

  /** Resolves when nothing is being saved. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** Nothing more is saved but by `now`. */
  stop(): void {
    this.stopped = true;
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
