import type { LoggedEvent, Result } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';

interface SequenceHandlers {
  /** The next event; each once, in order. */
  apply(event: LoggedEvent): void;
  /** Everything that was heard of is applied. */
  reached(): void;
  rewritten(): void;
  /** A reading failed; `reach` goes on from here. */
  failed(error: unknown): void;
  /** `log.read`, after this seq. */
  read(after: number): Promise<Result<'log.read'>>;
}

/**
 * The rule that makes events visible exactly once ([L7]): applies the event after the last one, ignores lower ones,
 * and before a higher one reads what lies between, a page at a time ([L6]).
 */
export class Sequence {
  readonly epoch: number;
  readonly #handlers: SequenceHandlers;
  /** Events above a gap that is being read, so that a busy log is caught up with at the first page that meets them. */
  readonly #held = new Map<number, LoggedEvent>();
  #seq: number;
  #target: number;
  /** Raised when a reading under way no longer counts. */
  #generation = 0;
  #reading = false;

  constructor(place: { epoch: number; seq: number }, handlers: SequenceHandlers) {
    this.epoch = place.epoch;
    this.#seq = place.seq;
    this.#target = place.seq;
    this.#handlers = handlers;
  }

  /** The last event that was applied. */
  get seq(): number {
    return this.#seq;
  }

  offer(event: LoggedEvent): void {
    if (event.epoch !== this.epoch) {
      this.#handlers.rewritten();
      return;
    }
    if (event.seq <= this.#seq) return;
    this.#target = Math.max(this.#target, event.seq);
    if (event.seq === this.#seq + 1) {
      this.#advance(event);
      return;
    }
    if (this.#held.size < limits.eventsPerAnswer) this.#held.set(event.seq, event);
    this.#read();
  }

  /** Makes sure that everything up to `target` gets applied. */
  reach(target: number): void {
    this.#target = Math.max(this.#target, target);
    if (this.#seq < this.#target) this.#read();
    else if (!this.#reading) this.#handlers.reached();
  }

  /** Stands at `seq` from now on, because what is shown was read afresh there. */
  moveTo(seq: number): void {
    this.pause();
    this.#seq = seq;
    this.#target = seq;
  }

  /** Ends a reading under way and forgets what was heard of above a gap. */
  pause(): void {
    this.#generation += 1;
    this.#reading = false;
    this.#held.clear();
    this.#target = this.#seq;
  }

  #advance(event: LoggedEvent): void {
    let next: LoggedEvent | undefined = event;
    while (next !== undefined) {
      this.#seq = next.seq;
      this.#held.delete(next.seq);
      this.#handlers.apply(next);
      next = this.#held.get(this.#seq + 1);
    }
  }

  #read(): void {
    if (this.#reading) return;
    this.#reading = true;
    const generation = this.#generation;
    this.#readPages(generation).catch((error: unknown) => {
      if (generation !== this.#generation) return;
      this.#reading = false;
      this.#handlers.failed(error);
    });
  }

  async #readPages(generation: number): Promise<void> {
    while (this.#seq < this.#target) {
      const before = this.#seq;
      const page = await this.#handlers.read(before);
      if (generation !== this.#generation) return;
      if (page.epoch !== this.epoch) {
        this.pause();
        return this.#handlers.rewritten();
      }
      this.#target = Math.max(this.#target, page.seq);
      for (const event of page.events as LoggedEvent[]) if (event.seq === this.#seq + 1) this.#advance(event);
      // A copy of the log that lags behind what we heard of already.
      if (this.#seq === before) throw new Error('a reading brought nothing');
    }
    // In the same turn as the look at the target: whoever raises it from now on starts another reading.
    this.#reading = false;
    this.#handlers.reached();
  }
}
