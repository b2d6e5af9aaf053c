import type { SignalKind, UserId } from '@confab/protocol';
import { peerBounds, peerTimes } from './bounds.ts';
import { type Envelope, envelopeIn, type SignalPayload } from './envelope.ts';
import { Negotiation } from './negotiation.ts';
import type { OpenRtc, PeerClock } from './ports.ts';
import type { Relayed, RelayLane } from './relay-lane.ts';
import { ReliableStream } from './reliable-stream.ts';

/**
 * How two peers are in touch: `direct` from one to the other, `relayed` by the server, not yet at all, or no longer.
 */
export type PeerState = 'connecting' | 'direct' | 'relayed' | 'gone';

export interface PeerLinkParts {
  readonly user: UserId;
  /** The other's peer id, and one's own. */
  readonly peer: string;
  readonly own: string;
  /** Which of one's own links this is, counted from 1. */
  readonly generation: number;
  readonly clock: PeerClock;
  readonly openRtc: OpenRtc;
  readonly lane: RelayLane;
  readonly signal: (kind: SignalKind, payload: string) => void;
  readonly deliver: (data: unknown, reliable: boolean) => void;
  readonly changed: () => void;
}

/** The link to one peer of a room: tries to meet it, and goes through the server where that cannot be. */
export class PeerLink implements Relayed {
  readonly user: UserId;
  readonly peer: string;
  readonly #parts: PeerLinkParts;
  readonly #stream: ReliableStream;
  #negotiation: Negotiation | null = null;
  #remote = 0;
  #remoteRtc = false;
  #waitedLongEnough = false;
  #state: PeerState = 'connecting';
  #lastHeardMs: number;
  readonly #cancelMeeting: () => void;
  #cancelGreeting = (): void => {};
  /** What waits for the server to pass it on. */
  #reliable: Envelope[] = [];
  #unreliable: Envelope[] = [];
  #ack: number | null = null;

  constructor(parts: PeerLinkParts) {
    const { clock } = parts;
    this.user = parts.user;
    this.peer = parts.peer;
    this.#parts = parts;
    this.#lastHeardMs = clock.monotonic();
    this.#stream = new ReliableStream({
      clock,
      passable: () => this.#state === 'direct' || this.#state === 'relayed',
      transmit: (message) => this.#transmit(message),
      acknowledge: (upTo) => this.#acknowledge(upTo),
      deliver: (data) => parts.deliver(data, true),
    });
    this.#cancelMeeting = clock.after(peerTimes.meetMs, () => {
      this.#waitedLongEnough = true;
      this.settle();
    });
  }

  get state(): PeerState {
    return this.#state;
  }

  get generation(): number {
    return this.#parts.generation;
  }

  /** The other's generation; 0 until it was heard. */
  get remote(): number {
    return this.#remote;
  }

  /** Makes oneself known; again and again until the other is, because a signal may be lost ([P3]). */
  hello(againMs: number = peerTimes.greetMs): void {
    this.#signal('hello', {});
    this.#cancelGreeting();
    if (this.#remote !== 0 || againMs > peerTimes.greetAtMostMs) return;
    this.#cancelGreeting = this.#parts.clock.after(againMs, () => {
      if (this.#remote === 0) this.hello(againMs * 2);
    });
  }

  /** The other said in the room that it is there. */
  announced(): void {
    this.heard();
    if (this.#remote === 0) this.hello();
  }

  /** Something was heard of this peer. */
  heard(): void {
    this.#lastHeardMs = this.#parts.clock.monotonic();
  }

  /** Whether nothing was heard for so long that it must be gone. */
  get lapsed(): boolean {
    return this.#state !== 'direct' && this.#parts.clock.monotonic() - this.#lastHeardMs >= peerTimes.lapseMs;
  }

  /** A signal from this peer, for this link. */
  receive(kind: SignalKind, { g, rtc, v, e = [] }: SignalPayload): void {
    this.heard();
    const first = this.#remote === 0;
    this.#remote = g;
    this.#remoteRtc = rtc;
    if (first) this.#begin();
    if (kind === 'hello' && first) this.hello();
    if (v !== undefined && (kind === 'offer' || kind === 'answer' || kind === 'candidate')) {
      this.#negotiate()?.receive(kind, v);
    }
    for (const envelope of e) this.#take(envelope);
    this.settle();
  }

  /** `false` when too much waits for this peer already. Unreliable messages are dropped where there is no way. */
  send(data: unknown, chars: number, reliable: boolean): boolean {
    if (reliable) return this.#stream.send(data, chars);
    if (this.#state === 'direct') this.#negotiation?.send(JSON.stringify({ d: data }), false);
    else if (this.#state === 'relayed') {
      this.#unreliable.push({ d: data });
      this.#unreliable = this.#unreliable.slice(-peerBounds.waitingUnreliable);
      this.#parts.lane.wants(this);
    }
    return true;
  }

  relay(): boolean {
    if (this.#state !== 'relayed') return false;
    const batch = this.#batch();
    if (batch.length > 0) this.#signal('data', { e: batch });
    return this.#reliable.length + this.#unreliable.length > 0;
  }

  /** The server is back: what was said in vain is said again. */
  again(): void {
    if (this.#state === 'direct') return;
    this.hello();
    this.#negotiation?.again();
  }

  /** Finds out how the two are in touch now. */
  settle(): void {
    if (this.#state === 'gone') return;
    const state = this.#stateNow();
    if (state === this.#state) return;
    this.#state = state;
    this.#reliable = [];
    this.#stream.wayChanged();
    this.#parts.changed();
  }

  end(): void {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    this.#cancelMeeting();
    this.#cancelGreeting();
    this.#parts.lane.leaves(this);
    this.#negotiation?.stop();
    this.#stream.stop();
    this.#parts.changed();
  }

  #stateNow(): PeerState {
    if (this.#negotiation?.direct) return 'direct';
    // Nobody is relayed to before they were heard: they may not be there at all.
    if (this.#remote === 0) return 'connecting';
    const cannot = this.#parts.openRtc === undefined || !this.#remoteRtc || this.#negotiation?.failed === true;
    return cannot || this.#waitedLongEnough || this.#state === 'direct' ? 'relayed' : this.#state;
  }

  /** The one with the greater id begins; both would only get into each other's way. */
  #begin(): void {
    if (this.#remoteRtc && this.#parts.own > this.peer) this.#negotiate();
  }

  #negotiate(): Negotiation | null {
    const { openRtc, clock, own, peer } = this.#parts;
    if (this.#negotiation !== null || openRtc === undefined) return this.#negotiation;
    try {
      this.#negotiation = new Negotiation({
        clock,
        open: openRtc,
        polite: own < peer,
        signal: (kind, v) => this.#signal(kind, { v }),
        message: (text) => this.#take(envelopeIn(text)),
        changed: () => this.settle(),
      });
    } catch {
      // A browser that forbids it: the server is there.
      this.#waitedLongEnough = true;
    }
    return this.#negotiation;
  }

  #take(envelope: Envelope | undefined): void {
    if (envelope === undefined || this.#state === 'gone') return;
    this.heard();
    if ('a' in envelope) this.#stream.acknowledged(envelope.a);
    else if ('n' in envelope) this.#stream.received(envelope);
    else this.#parts.deliver(envelope.d, false);
  }

  #transmit(message: Envelope): void {
    if (this.#state === 'direct') this.#negotiation?.send(JSON.stringify(message), true);
    else {
      this.#reliable.push(message);
      this.#parts.lane.wants(this);
    }
  }

  #acknowledge(upTo: number): void {
    if (this.#state === 'direct') this.#negotiation?.send(JSON.stringify({ a: upTo }), true);
    else {
      this.#ack = upTo;
      this.#parts.lane.wants(this);
    }
  }

  /** As much as one signal holds; the acknowledgement first, then what is reliable. */
  #batch(): Envelope[] {
    const batch: Envelope[] = this.#ack === null ? [] : [{ a: this.#ack }];
    this.#ack = null;
    let chars = 0;
    for (const waiting of [this.#reliable, this.#unreliable]) {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        chars += JSON.stringify(next).length;
        if (chars > peerBounds.relayChars && batch.length > 0) return batch;
        batch.push(next);
        waiting.shift();
      }
    }
    return batch;
  }

  #signal(kind: SignalKind, content: { v?: object; e?: readonly Envelope[] }): void {
    const { generation: g, openRtc, signal } = this.#parts;
    const payload: SignalPayload = { g, r: this.#remote, rtc: openRtc !== undefined, ...content };
    signal(kind, JSON.stringify(payload));
  }
}
