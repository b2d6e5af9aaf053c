import type { UserId } from '@confab/protocol';
import { Batch } from './batch.ts';
import type { Frame } from './frame.ts';
import type { EngineLimits } from './limits.ts';
import type { Listening } from './listening.ts';
import type { Timers } from './ports.ts';
import type { Framing, Peer } from './transport.ts';

/** The session behind an outlet, told when its peer does not keep up. */
export interface OutletOwner {
  /** Who the connection belongs to, once that is known. */
  readonly user: UserId | null;
  /** More waits than the soft bound: nothing durable is queued from now on. */
  fellBehind(): void;
  /** More waits than the hard bound. */
  overflowed(): void;
  /** Ends one of its listenings, and says so. */
  closeLog(listening: Listening, reason: 'forbidden' | 'epoch'): void;
  /** Something was written while the outlet accepts no events. */
  wrote(): void;
}

/** One connection's way out. */
export class Outlet {
  readonly peer: Peer;
  readonly framing: Framing;
  readonly owner: OutletOwner;
  pending: Batch;
  dirty = false;
  /** Whether events are queued; answers to its own commands always are. */
  accepting = false;
  closed = false;

  constructor(peer: Peer, owner: OutletOwner, nothing: Batch) {
    this.peer = peer;
    this.framing = peer.framing;
    this.owner = owner;
    this.pending = nothing;
  }
}

/** Gathers what a turn of the event loop has for each connection and hands it over in one write each. */
export class Outbox {
  readonly nothing = new Batch(null, null);
  private readonly timers: Timers;
  private readonly limits: EngineLimits;
  private readonly beforeFlush: (() => void)[] = [];
  private dirty: Outlet[] = [];
  private scheduled = false;
  private readonly endOfTick = (): void => this.flushAll();

  constructor(timers: Timers, limits: EngineLimits) {
    this.timers = timers;
    this.limits = limits;
  }

  /** `task` runs at the end of each tick in which something was queued, and may queue more. */
  onBeforeFlush(task: () => void): void {
    this.beforeFlush.push(task);
  }

  /** Queues a frame whatever the connection's state. */
  queue(outlet: Outlet, frame: Frame): void {
    if (outlet.closed) return;
    outlet.pending = outlet.pending.followedBy(frame);
    if (!outlet.dirty) this.mark(outlet);
  }

  mark(outlet: Outlet): void {
    outlet.dirty = true;
    this.dirty.push(outlet);
    if (!this.scheduled) this.schedule();
  }

  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.timers.endOfTick(this.endOfTick);
  }

  /** Writes what waits for one connection now. */
  flush(outlet: Outlet): void {
    const { pending } = outlet;
    outlet.pending = this.nothing;
    if (pending.length > 0 && !outlet.closed) this.write(outlet, pending.bytes(outlet.framing));
  }

  private flushAll(): void {
    this.scheduled = false;
    for (const task of this.beforeFlush) task();
    const { dirty, nothing } = this;
    this.dirty = [];
    let batch = nothing;
    let framing: Framing | null = null;
    let bytes: Uint8Array = new Uint8Array(0);
    for (let i = 0; i < dirty.length; i += 1) {
      const outlet = dirty[i] as Outlet;
      outlet.dirty = false;
      const { pending } = outlet;
      if (pending.length === 0 || outlet.closed) continue;
      outlet.pending = nothing;
      if (pending !== batch || outlet.framing !== framing) {
        batch = pending;
        framing = outlet.framing;
        bytes = pending.bytes(framing);
      }
      this.write(outlet, bytes);
    }
    nothing.forget();
  }

  private write(outlet: Outlet, bytes: Uint8Array): void {
    const { peer } = outlet;
    peer.write(bytes);
    const waiting = peer.pendingBytes();
    if (waiting > this.limits.softQueueBytes) {
      if (waiting > this.limits.hardQueueBytes) outlet.owner.overflowed();
      else if (outlet.accepting) outlet.owner.fellBehind();
    } else if (!outlet.accepting) {
      outlet.owner.wrote();
    }
  }
}
