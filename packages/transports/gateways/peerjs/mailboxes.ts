import type { Timers } from '@confab/engine';
import type { PeerJsLimits } from './limits.ts';
import type { OutgoingSignal } from './messages.ts';

/** What became of handing a signal over: `absent` when nobody has the id, `later` when it was too fast. */
export type Handed = 'over' | 'absent' | 'refused' | { readonly laterMs: number };

/** What waits for one id. */
interface Mailbox {
  readonly peer: string;
  readonly waiting: OutgoingSignal[];
  /** Milliseconds for which nobody has been there. */
  absentMs: number;
  busy: boolean;
  cancel: () => void;
}

export interface MailboxesParts {
  readonly timers: Timers;
  readonly limits: Pick<PeerJsLimits, 'waitingMessages' | 'waitingChars' | 'inFlight' | 'retryMs' | 'expireMs'>;
  hand(signal: OutgoingSignal): Promise<Handed>;
  /** Nobody came, or there was no room: the sender is told once, and everything for that id is forgotten. */
  expired(peer: string): void;
}

/**
 * What one connection sends to others. Signals for one id go one after the other, so that they arrive in their order;
 * what is for an id that nobody has yet waits a little for someone to come, whichever node they come to.
 */
export class Mailboxes {
  private readonly parts: MailboxesParts;
  private readonly boxes = new Map<string, Mailbox>();
  private readonly ready: Mailbox[] = [];
  private messages = 0;
  private chars = 0;
  private inFlight = 0;
  private closed = false;

  constructor(parts: MailboxesParts) {
    this.parts = parts;
  }

  get waitingMessages(): number {
    return this.messages;
  }

  post(signal: OutgoingSignal): void {
    if (this.closed) return;
    const { waitingMessages, waitingChars } = this.parts.limits;
    if (this.messages >= waitingMessages || this.chars + signal.payload.length > waitingChars) {
      this.expire(this.boxOf(signal.peer));
      return;
    }
    const box = this.boxOf(signal.peer);
    box.waiting.push(signal);
    this.messages += 1;
    this.chars += signal.payload.length;
    if (box.waiting.length === 1 && !box.busy) this.wake(box);
  }

  close(): void {
    this.closed = true;
    for (const box of this.boxes.values()) box.cancel();
    this.boxes.clear();
    this.ready.length = 0;
  }

  private boxOf(peer: string): Mailbox {
    let box = this.boxes.get(peer);
    if (box === undefined) {
      box = { peer, waiting: [], absentMs: 0, busy: false, cancel: () => {} };
      this.boxes.set(peer, box);
    }
    return box;
  }

  private wake(box: Mailbox): void {
    box.busy = true;
    this.ready.push(box);
    this.handOn();
  }

  private handOn(): void {
    while (this.inFlight < this.parts.limits.inFlight) {
      const box = this.ready.shift();
      const signal = box?.waiting[0];
      if (box === undefined) return;
      if (signal === undefined) {
        // Empty, or dropped while it was in line; then there may be another one by now.
        if (this.boxes.get(box.peer) === box) this.boxes.delete(box.peer);
        continue;
      }
      this.inFlight += 1;
      void this.parts.hand(signal).then((handed) => {
        this.inFlight -= 1;
        if (!this.closed && this.boxes.get(box.peer) === box) this.handed(box, handed);
        this.handOn();
      });
    }
  }

  private handed(box: Mailbox, handed: Handed): void {
    const { limits } = this.parts;
    if (handed === 'over') {
      box.absentMs = 0;
      this.forget(box.waiting.splice(0, 1));
      this.ready.push(box);
    } else if (handed === 'refused') {
      this.expire(box);
    } else if (handed !== 'absent') {
      this.wakeLater(box, handed.laterMs);
    } else if (box.waiting.every(({ kind }) => kind === 'leave')) {
      // Who is gone need not be told that one leaves.
      this.drop(box);
    } else if (box.absentMs >= limits.expireMs) {
      this.expire(box);
    } else {
      box.absentMs += limits.retryMs;
      this.wakeLater(box, limits.retryMs);
    }
  }

  private wakeLater(box: Mailbox, delayMs: number): void {
    box.cancel = this.parts.timers.after(delayMs, () => this.wake(box));
  }

  private expire(box: Mailbox): void {
    this.drop(box);
    this.parts.expired(box.peer);
  }

  private drop(box: Mailbox): void {
    box.cancel();
    this.boxes.delete(box.peer);
    this.forget(box.waiting.splice(0));
  }

  private forget(signals: readonly OutgoingSignal[]): void {
    this.messages -= signals.length;
    for (const { payload } of signals) this.chars -= payload.length;
  }
}
