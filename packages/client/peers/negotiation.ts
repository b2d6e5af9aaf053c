import { peerBounds, peerTimes } from './bounds.ts';
import type { PeerClock, RtcChannel, RtcConnection, RtcDescription } from './ports.ts';

export interface NegotiationParts {
  readonly clock: PeerClock;
  readonly open: () => RtcConnection;
  /** Gives way when both offer at once; the other side does not. */
  readonly polite: boolean;
  readonly signal: (kind: 'offer' | 'answer' | 'candidate', value: object) => void;
  readonly message: (text: unknown) => void;
  /** `direct` may have changed. */
  readonly changed: () => void;
}

/** `disconnected` is a break of a few seconds that browsers mend by themselves, or `failed` after that. */
const working: ReadonlySet<string> = new Set(['connected', 'disconnected']);

/** The numbers that both sides give the two channels. */
const channelIds = { reliable: 0, unreliable: 1 } as const;

/** Opens a connection to another peer by “perfect negotiation” (W3C WebRTC, section 10.7), with two channels on it. */
export class Negotiation {
  readonly #parts: NegotiationParts;
  readonly #connection: RtcConnection;
  readonly #reliable: RtcChannel;
  readonly #unreliable: RtcChannel;
  readonly #early: object[] = [];
  /** What the other side sends takes effect in its order. */
  #turn: Promise<void> = Promise.resolve();
  #makingOffer = false;
  #ignoresOffer = false;
  #restarts = 0;
  #cancelReoffer = (): void => {};
  #stopped = false;

  /** @throws what the browser says when it cannot open one: its ICE servers are not addresses. */
  constructor(parts: NegotiationParts) {
    this.#parts = parts;
    const connection = parts.open();
    this.#connection = connection;
    this.#reliable = this.#channel('reliable', { ordered: true });
    // Late is as good as lost: whoever points somewhere points somewhere else by then.
    this.#unreliable = this.#channel('unreliable', { ordered: false, maxRetransmits: 0 });
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate !== null) parts.signal('candidate', candidate);
    };
    connection.onconnectionstatechange = () => this.#stateChanged();
  }

  /** Whether the two peers have a channel of their own that works. One that failed works again when it is connected. */
  get direct(): boolean {
    return this.#reliable.readyState === 'open' && working.has(this.#connection.connectionState);
  }

  get failed(): boolean {
    return this.#connection.connectionState === 'failed';
  }

  send(text: string, reliable: boolean): void {
    const channel = reliable ? this.#reliable : this.#unreliable;
    try {
      if (channel.readyState === 'open') channel.send(text);
    } catch {
      // The channel closed under it, or its buffer is full: a reliable message is sent again when nobody acknowledges it.
    }
  }

  receive(kind: 'offer' | 'answer' | 'candidate', value: object): void {
    this.#turn = this.#turn.then(async () => {
      if (this.#stopped) return;
      try {
        if (kind === 'candidate') await this.#takeCandidate(value);
        else await this.#takeDescription(value as RtcDescription);
      } catch {
        // A description or candidate that does not fit (any more): the other side offers again.
      }
    });
  }

  /** Tries anew, from where it got stuck. */
  again(): void {
    if (this.#connection.signalingState !== 'have-local-offer') this.#connection.restartIce();
    else {
      this.#tellDescription();
      this.#reoffer(peerTimes.reoffers);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelReoffer();
    this.#connection.onconnectionstatechange = null;
    this.#connection.onicecandidate = null;
    this.#connection.onnegotiationneeded = null;
    this.#connection.close();
  }

  #channel(label: keyof typeof channelIds, options: { ordered: boolean; maxRetransmits?: number }): RtcChannel {
    const channel = this.#connection.createDataChannel(label, { negotiated: true, id: channelIds[label], ...options });
    channel.onmessage = ({ data }) => this.#parts.message(data);
    channel.onopen = () => this.#parts.changed();
    channel.onclose = () => this.#parts.changed();
    return channel;
  }

  async #offer(): Promise<void> {
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#tellDescription();
      this.#reoffer(peerTimes.reoffers);
    } catch {
      // Answered by the other side's offer in the meantime; if by nothing, the two meet through the server.
    } finally {
      this.#makingOffer = false;
    }
  }

  /** A signal may be lost ([P3]): an offer without an answer is told again. */
  #reoffer(left: number): void {
    this.#cancelReoffer();
    if (left === 0) return;
    this.#cancelReoffer = this.#parts.clock.after(peerTimes.reofferMs, () => {
      if (this.#stopped || this.#connection.signalingState !== 'have-local-offer') return;
      this.#tellDescription();
      this.#reoffer(left - 1);
    });
  }

  #tellDescription(): void {
    const { localDescription } = this.#connection;
    if (localDescription === null || this.#stopped) return;
    this.#parts.signal(localDescription.type === 'answer' ? 'answer' : 'offer', localDescription);
  }

  async #takeDescription(description: RtcDescription): Promise<void> {
    const connection = this.#connection;
    const isOffer = description.type === 'offer';
    const collides = isOffer && (this.#makingOffer || connection.signalingState !== 'stable');
    this.#ignoresOffer = !this.#parts.polite && collides;
    if (this.#ignoresOffer) return;
    await connection.setRemoteDescription(description);
    for (const candidate of this.#early.splice(0)) await connection.addIceCandidate(candidate).catch(() => {});
    if (!isOffer) return;
    await connection.setLocalDescription();
    this.#tellDescription();
  }

  async #takeCandidate(candidate: object): Promise<void> {
    if (this.#connection.remoteDescription === null) {
      if (this.#early.length < peerBounds.earlyCandidates) this.#early.push(candidate);
    } else if (!this.#ignoresOffer) {
      await this.#connection.addIceCandidate(candidate);
    }
  }

  #stateChanged(): void {
    if (this.failed && this.#restarts < peerTimes.restarts) {
      this.#restarts += 1;
      this.#connection.restartIce();
    }
    this.#parts.changed();
  }
}
