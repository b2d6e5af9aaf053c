import type { UserId } from '@confab/protocol';
import type { Frame } from './frame.ts';
import type { EngineLimits } from './limits.ts';
import type { Listening } from './listening.ts';
import type { Outbox, Outlet } from './outbox.ts';

/**
 * The loops that hand one frame to many connections. Connections that wait for the same frames share one batch, so
 * the common turn of a loop is a few comparisons and two writes to memory.
 */
export class FanOut {
  deliveries = 0;
  droppedEphemerals = 0;
  private readonly outbox: Outbox;
  private readonly limits: EngineLimits;

  constructor(outbox: Outbox, limits: EngineLimits) {
    this.outbox = outbox;
    this.limits = limits;
  }

  /** A logged event, to those for whom it is the next. */
  toLive(listeners: readonly Listening[], frame: Frame): void {
    const { outbox } = this;
    const { nothing } = outbox;
    const maxChars = this.limits.softQueueBytes;
    const previousSeq = frame.seq - 1;
    let from = nothing;
    let to = from.followedBy(frame);
    let delivered = 0;
    for (let i = 0; i < listeners.length; i += 1) {
      const listening = listeners[i] as Listening;
      const { outlet } = listening;
      if (listening.cursor !== previousSeq || !outlet.accepting) continue;
      const { pending } = outlet;
      if (pending !== from) {
        from = pending;
        to = pending.followedBy(frame);
      }
      // One event alone always goes out, however large.
      if (to.chars > maxChars && from !== nothing) {
        outlet.owner.fellBehind();
        continue;
      }
      listening.cursor = frame.seq;
      outlet.pending = to;
      if (!outlet.dirty) outbox.mark(outlet);
      delivered += 1;
    }
    this.deliveries += delivered;
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
  ephemeral(outlet: Outlet, user: UserId | null, frame: Frame, except: readonly UserId[] | undefined): void {
    if (user !== null && except?.includes(user)) return;
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
