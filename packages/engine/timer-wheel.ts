import type { Clock, Timers } from './ports.ts';

const tickMs = 250;
const slotCount = 256;

/** Something that waits on the wheel; it carries its own links, so that waiting allocates nothing. */
export abstract class WheelEntry {
  /** Monotonic milliseconds, or -1 while not on the wheel. */
  dueMs = -1;
  slot = -1;
  nextEntry: WheelEntry | null = null;
  previousEntry: WheelEntry | null = null;

  /** Called once, at most one tick (250 ms) late; the entry is off the wheel by then and may be put on again. */
  abstract onDue(nowMs: number): void;
}

/**
 * One timer for everything that waits: heartbeats, deadlines, expiry, presence, sweeps. A hashed wheel: an entry
 * stands in the slot of its tick, and one further away than a turn (64 s) is passed over until its time has come.
 */
export class TimerWheel {
  /** Monotonic milliseconds as of the last tick: cheap enough to note with every frame that arrives. */
  nowMs: number;
  private readonly clock: Clock;
  private readonly timers: Timers;
  private readonly slots: (WheelEntry | null)[] = new Array(slotCount).fill(null);
  private entries = 0;
  private doneTick: number;
  private ticking = false;
  private stopped = false;
  private readonly turn = (): void => this.advance();

  constructor(clock: Clock, timers: Timers) {
    this.clock = clock;
    this.timers = timers;
    this.nowMs = clock.monotonic();
    this.doneTick = Math.floor(this.nowMs / tickMs);
  }

  /** Puts the entry on the wheel, or moves it. */
  schedule(entry: WheelEntry, delayMs: number): void {
    this.cancel(entry);
    if (!this.ticking) this.start();
    entry.dueMs = this.clock.monotonic() + Math.max(0, delayMs);
    const tick = Math.max(Math.ceil(entry.dueMs / tickMs), this.doneTick + 1);
    entry.slot = tick % slotCount;
    const first = this.slots[entry.slot] as WheelEntry | null;
    entry.nextEntry = first;
    if (first) first.previousEntry = entry;
    this.slots[entry.slot] = entry;
    this.entries += 1;
  }

  cancel(entry: WheelEntry): void {
    if (entry.slot < 0) return;
    if (entry.previousEntry) entry.previousEntry.nextEntry = entry.nextEntry;
    else this.slots[entry.slot] = entry.nextEntry;
    if (entry.nextEntry) entry.nextEntry.previousEntry = entry.previousEntry;
    entry.nextEntry = null;
    entry.previousEntry = null;
    entry.slot = -1;
    entry.dueMs = -1;
    this.entries -= 1;
  }

  /** Nothing comes due any more. */
  stop(): void {
    this.stopped = true;
  }

  private start(): void {
    if (this.stopped) return;
    this.ticking = true;
    this.nowMs = this.clock.monotonic();
    this.doneTick = Math.floor(this.nowMs / tickMs);
    this.timers.after(tickMs, this.turn);
  }

  private advance(): void {
    if (this.stopped) return;
    this.nowMs = this.clock.monotonic();
    const nowTick = Math.floor(this.nowMs / tickMs);
    // After a pause longer than a turn (a suspended machine) one turn visits every slot.
    const from = Math.max(this.doneTick + 1, nowTick - slotCount + 1);
    this.doneTick = nowTick;
    for (let tick = from; tick <= nowTick; tick += 1) this.run(tick % slotCount);
    this.ticking = this.entries > 0;
    if (this.ticking) this.timers.after(tickMs, this.turn);
  }

  private run(slot: number): void {
    // Collected first: what an entry does may put others into this very slot or take them off it.
    const due: WheelEntry[] = [];
    for (let entry = this.slots[slot] ?? null; entry; entry = entry.nextEntry) {
      if (entry.dueMs <= this.nowMs) due.push(entry);
    }
    for (const entry of due) {
      if (entry.slot !== slot || entry.dueMs > this.nowMs) continue;
      this.cancel(entry);
      entry.onDue(this.nowMs);
    }
  }
}
