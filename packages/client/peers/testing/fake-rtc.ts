import type { RtcChannel, RtcChannelOptions, RtcConnection, RtcDescription } from '../ports.ts';

/** The network between fake browsers: who can meet whom, and what is lost. */
export class FakeRtcNetwork {
  readonly connections: FakeRtcConnection[] = [];
  /** Whether connections come about; otherwise they fail. */
  reachable = true;
  /** Whether unreliable messages arrive. */
  losesUnreliable = false;

  readonly open = (): RtcConnection => {
    const connection = new FakeRtcConnection(this, this.connections.length);
    this.connections.push(connection);
    return connection;
  };

  /** All that are connected lose each other, and notice. */
  break(): void {
    this.reachable = false;
    for (const connection of this.connections) connection.become('failed');
  }
}

class FakeChannel implements RtcChannel {
  readonly options: RtcChannelOptions;
  readyState = 'connecting';
  partner: FakeChannel | null = null;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  readonly #owner: FakeRtcConnection;

  constructor(owner: FakeRtcConnection, options: RtcChannelOptions) {
    this.#owner = owner;
    this.options = options;
  }

  send(text: string): void {
    if (this.readyState !== 'open') throw new Error('the channel is not open');
    const { network } = this.#owner;
    if (this.#owner.connectionState !== 'connected') return;
    if (!this.options.ordered && network.losesUnreliable) return;
    queueMicrotask(() => this.partner?.onmessage?.({ data: text }));
  }

  open(partner: FakeChannel): void {
    this.partner = partner;
    if (this.readyState === 'open') return;
    this.readyState = 'open';
    this.onopen?.();
  }

  close(): void {
    this.readyState = 'closed';
    this.onclose?.();
  }
}

/** As much of a browser's connection as negotiating needs: states, rollback, and who answered whom. */
export class FakeRtcConnection implements RtcConnection {
  readonly network: FakeRtcNetwork;
  readonly index: number;
  readonly channels = new Map<number, FakeChannel>();
  readonly candidates: object[] = [];
  localDescription: RtcDescription | null = null;
  remoteDescription: RtcDescription | null = null;
  signalingState = 'stable';
  connectionState = 'new';
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { readonly candidate: object | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  #needed = false;

  constructor(network: FakeRtcNetwork, index: number) {
    this.network = network;
    this.index = index;
  }

  createDataChannel(_label: string, options: RtcChannelOptions): RtcChannel {
    const channel = new FakeChannel(this, options);
    this.channels.set(options.id, channel);
    this.#need();
    return channel;
  }

  async setLocalDescription(): Promise<void> {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: String(this.index) };
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer';
    this.#needed = false;
    queueMicrotask(() => this.onicecandidate?.({ candidate: { candidate: `of ${this.index}` } }));
    if (type === 'answer') this.#meet();
  }

  async setRemoteDescription(description: RtcDescription): Promise<void> {
    const isOffer = description.type === 'offer';
    if (!isOffer && this.signalingState !== 'have-local-offer') throw new Error('there is no offer to answer');
    // An offer while one's own is open takes that one back.
    this.remoteDescription = description;
    this.signalingState = isOffer ? 'have-remote-offer' : 'stable';
    if (!isOffer) this.#meet();
  }

  async addIceCandidate(candidate: object): Promise<void> {
    if (this.remoteDescription === null) throw new Error('there is no description yet');
    this.candidates.push(candidate);
  }

  restartIce(): void {
    this.#need();
  }

  close(): void {
    this.connectionState = 'closed';
    for (const channel of this.channels.values()) channel.readyState = 'closed';
    const other = this.#other();
    if (other?.connectionState === 'connected') other.become('failed');
  }

  become(state: string): void {
    if (this.connectionState === state || this.connectionState === 'closed') return;
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  #need(): void {
    if (this.#needed) return;
    this.#needed = true;
    setImmediate(() => {
      if (this.#needed && this.signalingState === 'stable' && this.connectionState !== 'closed') {
        this.#needed = false;
        this.onnegotiationneeded?.();
      }
    });
  }

  #other(): FakeRtcConnection | undefined {
    return this.network.connections[Number(this.remoteDescription?.sdp ?? Number.NaN)];
  }

  #meet(): void {
    const other = this.#other();
    if (other === undefined || other.connectionState === 'closed') return;
    if (other.signalingState !== 'stable' || other.#other() !== this) return;
    for (const one of [this, other]) {
      one.become('connecting');
      one.become(this.network.reachable ? 'connected' : 'failed');
    }
    if (!this.network.reachable) return;
    for (const [id, channel] of this.channels) {
      const partner = other.channels.get(id);
      if (partner === undefined) continue;
      channel.open(partner);
      partner.open(channel);
    }
  }
}
