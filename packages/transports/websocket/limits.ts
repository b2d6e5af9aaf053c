/** Bounds of the door; whoever opens it may set others. */
export interface WebSocketLimits {
  /** Bytes of one message, over all its fragments, after inflating ([F6]). */
  readonly frameBytes: number;
  /** Fragments that one message may come in. */
  readonly fragments: number;
  /** Pieces of an unfinished message kept, whatever their size. */
  readonly bufferedChunks: number;
  /** Milliseconds to wait for the other side's close frame before the socket is cut. */
  readonly closeTimeoutMs: number;
  /** Unsent bytes above which pings are no longer answered: a peer that does not read cannot make us queue pongs. */
  readonly pongBacklogBytes: number;
}

export const defaultWebSocketLimits: WebSocketLimits = {
  frameBytes: 256 * 1024,
  fragments: 1_000,
  bufferedChunks: 4_096,
  closeTimeoutMs: 5_000,
  pongBacklogBytes: 64 * 1024,
};

/** Which texts are worth compressing. Above `maxChars` deflating would hold up the event loop for over 10 ms. */
export const compression = { minChars: 1024, maxChars: 256 * 1024, level: 3 } as const;
