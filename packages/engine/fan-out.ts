import type { UserId } from '@confab/protocol';
import type { Frame } from './frame.ts';
import type { EngineLimits } from './limits.ts';
import type { ListenedLog } from './listened-log.ts';
import type { Listening } from './listening.ts';
import type { Outbox, Outlet } from './outbox.ts';

/**
 * The loops that hand frames to many connections. Connections that wait for the same frames share one batch, so the
 * common turn of a loop is a few comparisons and two writes to memory.
 */
export class FanOut {
  deliveries = 0;
  droppedEphemerals = 0;
  private readonly outbox: Outbox;
  private readonly limits: EngineLimits;
  /** Those with events that their live listeners were not told yet. */
  private logs: ListenedLog[] = [];

  constructor(outbox: Outbox, limits: EngineLimits) {
    this.outbox = outbox;
    this.limits = limits;
    outbox.onBeforeFlush(() => this.tellLive());
  }

  /** A logged event, to those for whom it is the next: at the end of the tick, together with what follows by then. */
  toLive(log: ListenedLog, frame: Frame): void {
    if (log.untold.length === 0) {
      this.logs.push(log);
      this.outbox.schedule();
    }
    log.untold.push(frame);
  }

  /**
   * Tells what is untold; at the end of the tick, and before a listener goes that is owed some of it. One turn per
   * listener and tick, however many events: to touch thousands of connections is what costs.
   */
  tellLive(): void {
    const { logs } = this;
    if (logs.length === 0) return;
    this.logs = [];
    for (const log of logs) {
      const frames = log.untold;
      log.untold = [];
      this.tellAll(log.live, frames, (frames[0] as Frame).seq - 1);
    }
  }

  private tellAll(listeners: readonly Listening[], frames: readonly Frame[], previousSeq: number): void {
    const { outbox } = this;
    const maxChars = this.limits.softQueueBytes;
    let from = outbox.nothing;
    let to = from.followedByAll(frames);
    let told = 0;
    for (let i = 0; i < listeners.length; i += 1) {
      const listening = listeners[i] as Listening;
      const { outlet } = listening;
      if (!outlet.accepting) continue;
      const { pending } = outlet;
      if (pending !== from) {
        from = pending;
        to = pending.followedByAll(frames);
      }
      if (listening.cursor !== previousSeq || to.chars > maxChars) {
        this.tellOneByOne(listening, frames);
        continue;
      }
      listening.cursor = previousSeq + frames.length;
      outlet.pending = to;
      if (!outlet.dirty) outbox.mark(outlet);
      told += 1;
    }
    this.deliveries += told * frames.length;
  }

  /** To one that is not where most are, or for whom it may be too much. */
  private tellOneByOne(listening: Listening, frames: readonly Frame[]): void {
    const { outlet } = listening;
    for (const frame of frames) {
      if (listening.cursor !== frame.seq - 1) continue;
      // One event alone always goes out, however large.
      const chars = outlet.pending.chars + frame.text.length;
      if (chars > this.limits.softQueueBytes && outlet.pending.length > 0) {
        outlet.owner.fellBehind();
        return;
      }
      listening.cursor = frame.seq;
      this.outbox.queue(outlet, frame);
      this.deliveries += 1;
    }
  }

  /** A notice, to passive listeners. Those who cannot take it are held until they have caught up. */
  toPassive(listeners: readonly Listening[], frame: Frame): void {
    for (let i = 0; i < listeners.length; i += 1) {
      const listening = listeners[i] as Listening;
      if (frame.seq <= listening.cursor) continue;
      if (!listening.outlet.accepting) listening.held = true;
      if (listening.held) continue;
      listening.cursor = frame.seq;
      this.outbox.queue(listening.outlet, frame);
      this.deliveries += 1;
    }
  }

  /** `log.head`, to passive listeners; who lags is told when it has caught up. */
  headTo(listeners: readonly Listening[], frame: Frame, head: number): void {
    for (let i = 0; i < listeners.length; i += 1) {
      const listening = listeners[i] as Listening;
      if (listening.toldHead >= head || !listening.outlet.accepting) continue;
      listening.toldHead = head;
      this.outbox.queue(listening.outlet, frame);
      this.deliveries += 1;
    }
  }

  /**
   * An ephemeral event, unless the connection is slow, or so much came in one moment that it would make it so ([E1]):
   * whoever may signal to somebody must not be able to end their connection.
   */
  ephemeral(outlet: Outlet, user: UserId | null, frame: Frame, except: UserId | undefined): void {
    if (except !== undefined && user === except) return;
    const { ephemeralQueueBytes, softQueueBytes } = this.limits;
    const slow = !outlet.accepting || outlet.peer.pendingBytes() > ephemeralQueueBytes;
    if (slow || (outlet.pending.length > 0 && outlet.pending.chars + frame.text.length > softQueueBytes)) {
      this.droppedEphemerals += 1;
      return;
    }
    this.outbox.queue(outlet, frame);
    this.deliveries += 1;
  }
}
