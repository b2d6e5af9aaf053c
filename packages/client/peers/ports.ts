import type { EphemeralEvent, Params, UserId } from '@confab/protocol';

/** The part of a browser's `RTCDataChannel` that is used here. */
export interface RtcChannel {
  readonly readyState: string;
  send(text: string): void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

export interface RtcChannelOptions {
  /** Both sides make the channel under this number; none has to be announced. */
  readonly negotiated: true;
  readonly id: number;
  readonly ordered: boolean;
  readonly maxRetransmits?: number;
}

/** A session description or a candidate, as the browser writes it as JSON. */
export type RtcDescription = { readonly type: string; readonly sdp?: string };

/** The part of a browser's `RTCPeerConnection` that is used here. */
export interface RtcConnection {
  readonly localDescription: RtcDescription | null;
  readonly remoteDescription: RtcDescription | null;
  readonly signalingState: string;
  readonly connectionState: string;
  createDataChannel(label: string, options: RtcChannelOptions): RtcChannel;
  setLocalDescription(): Promise<void>;
  setRemoteDescription(description: RtcDescription): Promise<void>;
  addIceCandidate(candidate: object): Promise<void>;
  restartIce(): void;
  close(): void;
  onnegotiationneeded: (() => void) | null;
  onicecandidate: ((event: { readonly candidate: object | null }) => void) | null;
  onconnectionstatechange: (() => void) | null;
}

/** Makes a connection; `undefined` where there is no WebRTC. */
export type OpenRtc = (() => RtcConnection) | undefined;

/** Time as the peers need it. */
export interface PeerClock {
  /** Milliseconds that never step back. */
  monotonic(): number;
  /** Calls `task` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** What the peers of a room need from the client that they belong to. */
export interface PeersHost {
  announce(params: Params<'peer.announce'>): Promise<unknown>;
  signal(params: Params<'peer.signal'>): Promise<unknown>;
  onEphemeral(listener: (event: EphemeralEvent) => void): () => void;
  /** Calls `listener` with whoever leaves the room or is taken out of it; with `null` when it is oneself. */
  onLeft(listener: (user: UserId | null) => void): () => void;
  /** Calls `listener` whenever the server can be reached again. */
  onOnline(listener: () => void): () => void;
  /** Hears the room in full until the answer is called. */
  hearRoom(): () => void;
}
