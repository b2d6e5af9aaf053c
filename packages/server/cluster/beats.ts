/**
 * What this node says of itself, one number after the other: whoever wants to reach it names the last that they have
 * read. So it is this node that knows how old a signature is, by its own clock, and clocks that are apart do no harm.
 */
export class Beats {
  private readonly goodForMs: number;
  private last: number;
  private isStored = true;
  /** Those that may be named, with the monotonic milliseconds at which they no longer may. */
  private readonly good = new Map<number, number>();

  constructor(goodForMs: number) {
    this.goodForMs = goodForMs;
    this.last = 0;
  }

  /** The next to be stored. One that may not have been stored is said again. */
  next(now: number): number {
    if (this.isStored) this.last = Math.max(this.last + 1, now);
    this.isStored = false;
    this.good.set(this.last, Number.POSITIVE_INFINITY);
    return this.last;
  }

  /** The last one was stored: those before it are good for a while yet, for who has not read this one. */
  stored(nowMs: number): void {
    this.isStored = true;
    for (const [beat, untilMs] of this.good) {
      if (untilMs <= nowMs) this.good.delete(beat);
      else if (beat !== this.last && untilMs === Number.POSITIVE_INFINITY) this.good.set(beat, nowMs + this.goodForMs);
    }
  }

  isGood(beat: number, nowMs: number): boolean {
    return (this.good.get(beat) ?? 0) > nowMs;
  }
}
