import type { StoredEvent } from './domain.ts';

/**
 * An event as it is kept: without the bytes that were made of it for connections, each of which would keep a whole slab
 * of Node's buffer pool (64 KiB).
 */
export interface KeptEvent {
  readonly text: string;
  readonly seq: number;
  readonly notice: boolean;
}

export function kept({ json, seq, notice }: StoredEvent): KeptEvent {
  return { text: json, seq, notice };
}

/** The last events of one log, contiguous and encoded, so that those who come back do not reach the database. */
export class HotWindow {
  /** Bytes, as far as they can be told without measuring. */
  bytes = 0;
  /** A counter of the windows' use; the lowest is let go first. */
  lastUse = 0;
  private events: KeptEvent[] = [];
  /** Events before this one have left; they are cut off in bulk. */
  private start = 0;

  get length(): number {
    return this.events.length - this.start;
  }

  /** The lowest seq held, or `undefined` when empty. */
  get first(): number | undefined {
    return this.events[this.start]?.seq;
  }

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.events[this.events.length - 1]?.seq;
  }

  push(event: KeptEvent, maxEvents: number): void {
    if (this.last !== undefined && event.seq !== this.last + 1) this.clear();
    this.events.push(event);
    this.bytes += costOf(event);
    if (this.length > maxEvents) {
      this.bytes -= costOf(this.events[this.start] as KeptEvent);
      this.start += 1;
      if (this.start >= maxEvents) {
        this.events = this.events.slice(this.start);
        this.start = 0;
      }
    }
  }

  /** Puts older events before those held; both must fit together without a gap. */
  fill(older: readonly KeptEvent[]): void {
    const lastOlder = older[older.length - 1];
    if (lastOlder === undefined) return;
    if (this.first !== undefined && this.first !== lastOlder.seq + 1) return;
    this.events = [...older, ...this.events.slice(this.start)];
    this.start = 0;
    for (const event of older) this.bytes += costOf(event);
  }

  clear(): void {
    this.events = [];
    this.start = 0;
    this.bytes = 0;
  }

  /** Whether everything in (after, upTo] is here. */
  covers(after: number, upTo: number): boolean {
    if (after >= upTo) return true;
    const { first, last } = this;
    return first !== undefined && last !== undefined && first <= after + 1 && last >= upTo;
  }

  /** Events in (after, upTo], at most `limit`; only when `covers` said so. */
  slice(after: number, upTo: number, limit: number): KeptEvent[] {
    const first = this.first;
    if (first === undefined || after >= upTo) return [];
    const from = this.start + (after + 1 - first);
    return this.events.slice(from, from + Math.min(upTo - after, limit));
  }
}

/** At most two bytes a character, and what the objects weigh. */
function costOf({ text }: KeptEvent): number {
  return text.length * 2 + 200;
}
