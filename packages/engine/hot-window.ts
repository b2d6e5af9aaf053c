import type { Frame } from './frame.ts';

/** The last events of one log, contiguous and encoded, so that those who come back do not reach the database. */
export class HotWindow {
  /** Bytes, as far as they can be told without measuring: text and one framing. */
  bytes = 0;
  /** A counter of the windows' use; the lowest is let go first. */
  lastUse = 0;
  private frames: Frame[] = [];
  /** Frames before this one have left; they are cut off in bulk. */
  private start = 0;

  get length(): number {
    return this.frames.length - this.start;
  }

  /** The lowest seq held, or `undefined` when empty. */
  get first(): number | undefined {
    return this.frames[this.start]?.seq;
  }

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.frames[this.frames.length - 1]?.seq;
  }

  push(frame: Frame, maxEvents: number): void {
    if (this.last !== undefined && frame.seq !== this.last + 1) this.clear();
    this.frames.push(frame);
    this.bytes += costOf(frame);
    if (this.length > maxEvents) {
      this.bytes -= costOf(this.frames[this.start] as Frame);
      this.start += 1;
      if (this.start >= maxEvents) {
        this.frames = this.frames.slice(this.start);
        this.start = 0;
      }
    }
  }

  /** Puts older frames before those held; both must fit together without a gap. */
  fill(older: readonly Frame[]): void {
    const lastOlder = older[older.length - 1];
    if (lastOlder === undefined) return;
    if (this.first !== undefined && this.first !== lastOlder.seq + 1) return;
    this.frames = [...older, ...this.frames.slice(this.start)];
    this.start = 0;
    for (const frame of older) this.bytes += costOf(frame);
  }

  clear(): void {
    this.frames = [];
    this.start = 0;
    this.bytes = 0;
  }

  /** Whether everything in (after, upTo] is here. */
  covers(after: number, upTo: number): boolean {
    if (after >= upTo) return true;
    const { first, last } = this;
    return first !== undefined && last !== undefined && first <= after + 1 && last >= upTo;
  }

  /** Frames in (after, upTo], at most `limit`; only when `covers` said so. */
  slice(after: number, upTo: number, limit: number): Frame[] {
    const first = this.first;
    if (first === undefined || after >= upTo) return [];
    const from = this.start + (after + 1 - first);
    return this.frames.slice(from, from + Math.min(upTo - after, limit));
  }
}

/** One byte a character in the engine's strings and one in the frame, and what the objects weigh. */
function costOf(frame: Frame): number {
  return frame.text.length * 2 + 200;
}
