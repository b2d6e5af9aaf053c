import { peerBounds, peerTimes } from './bounds.ts';
import type { PeerClock } from './ports.ts';

type Numbered = { readonly n: number; readonly d: unknown };

export interface ReliableStreamParts {
  readonly clock: PeerClock;
  /** Whether there is a way to the other side at all. */
  readonly passable: () => boolean;
  readonly transmit: (message: Numbered) => void;
  /** Says that everything up to `upTo` has arrived. */
  readonly acknowledge: (upTo: number) => void;
  readonly deliver: (data: unknown) => void;
}

/**
 * Numbered messages in both directions: each is delivered once and in order, whatever the way loses, doubles or
 * reorders, and whichever way it is: when two peers lose their own channel, the rest goes through the server.
 */
export class ReliableStream {
  readonly #parts: ReliableStreamParts;
  /** Not acknowledged yet, in order. */
  readonly #unacknowledged: { readonly message: Numbered; readonly chars: number }[] = [];
  #chars = 0;
  #lastSent = 0;
  /** How many of the unacknowledged were transmitted on the way that there is now. */
  #transmitted = 0;
  #expected = 1;
  readonly #early = new Map<number, unknown>();
  #owesAck = false;
  #resendMs: number = peerTimes.resendMs;
  #cancelResend: (() => void) | null = null;

  constructor(parts: ReliableStreamParts) {
    this.#parts = parts;
  }

  /** `false` when too much waits already: nothing was taken. */
  send(data: unknown, chars: number): boolean {
    const { queuedMessages, queuedChars } = peerBounds;
    if (this.#unacknowledged.length >= queuedMessages || this.#chars + chars > queuedChars) return false;
    this.#lastSent += 1;
    this.#unacknowledged.push({ message: { n: this.#lastSent, d: data }, chars });
    this.#chars += chars;
    this.#transmit();
    return true;
  }

  received({ n, d }: Numbered): void {
    // Also for what came before: the acknowledgement may have been lost.
    this.#owe();
    if (n < this.#expected || n >= this.#expected + peerBounds.window) return;
    this.#early.set(n, d);
    while (this.#early.has(this.#expected)) {
      const data = this.#early.get(this.#expected);
      this.#early.delete(this.#expected);
      this.#expected += 1;
      this.#parts.deliver(data);
    }
  }

  acknowledged(upTo: number): void {
    const first = this.#unacknowledged[0]?.message.n;
    if (first === undefined || upTo < first || upTo > this.#lastSent) return;
    const done = this.#unacknowledged.splice(0, upTo - first + 1);
    for (const { chars } of done) this.#chars -= chars;
    this.#transmitted = Math.max(0, this.#transmitted - done.length);
    this.#resendMs = peerTimes.resendMs;
    this.#stopWaiting();
    this.#transmit();
  }

  /** There is another way than before: what it lost is sent again. */
  wayChanged(): void {
    this.#resendMs = peerTimes.resendMs;
    this.#again();
  }

  stop(): void {
    this.#stopWaiting();
    this.#unacknowledged.length = 0;
    this.#early.clear();
    this.#owesAck = false;
  }

  #transmit(): void {
    if (!this.#parts.passable()) return;
    const upTo = Math.min(this.#unacknowledged.length, peerBounds.window);
    while (this.#transmitted < upTo) {
      const entry = this.#unacknowledged[this.#transmitted];
      if (entry === undefined) break;
      this.#transmitted += 1;
      this.#parts.transmit(entry.message);
    }
    this.#wait();
  }

  #again(): void {
    this.#stopWaiting();
    this.#transmitted = 0;
    this.#transmit();
  }

  #wait(): void {
    if (this.#cancelResend !== null || this.#unacknowledged.length === 0) return;
    this.#cancelResend = this.#parts.clock.after(this.#resendMs, () => {
      this.#resendMs = Math.min(this.#resendMs * 2, peerTimes.resendAtMostMs);
      this.#again();
    });
  }

  #stopWaiting(): void {
    this.#cancelResend?.();
    this.#cancelResend = null;
  }

  /** One acknowledgement for all that arrives in this turn. */
  #owe(): void {
    if (this.#owesAck) return;
    this.#owesAck = true;
    queueMicrotask(() => {
      if (!this.#owesAck) return;
      this.#owesAck = false;
      this.#parts.acknowledge(this.#expected - 1);
    });
  }
}
