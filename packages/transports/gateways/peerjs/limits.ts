/** Bounds of the gateway; whoever opens it may set others. */
export interface PeerJsLimits {
  /** Bytes of one message from a client. A session description with sound and pictures has some 10,000. */
  readonly frameBytes: number;
  /** Messages, and characters of them, that one connection may have waiting for others. */
  readonly waitingMessages: number;
  readonly waitingChars: number;
  /** Of those, how many are being handed over at the same time. */
  readonly inFlight: number;
  /** How often somebody who is not there yet is looked for, and for how long before the sender hears `EXPIRE`. */
  readonly retryMs: number;
  readonly expireMs: number;
  /** How often the lease of an id is renewed while its connection lives: it lasts for three times that ([P5]). */
  readonly renewMs: number;
  /** Milliseconds to wait for the other side's close frame before the socket is cut. */
  readonly closeTimeoutMs: number;
  /** Unsent bytes above which pings are no longer answered. */
  readonly pongBacklogBytes: number;
}

export const defaultPeerJsLimits: PeerJsLimits = {
  frameBytes: 128 * 1024,
  waitingMessages: 1_000,
  waitingChars: 2 * 1024 * 1024,
  inFlight: 16,
  retryMs: 500,
  expireMs: 5_000,
  renewMs: 30_000,
  closeTimeoutMs: 5_000,
  pongBacklogBytes: 64 * 1024,
};
