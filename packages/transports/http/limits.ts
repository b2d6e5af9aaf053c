/** Bounds of what is asked over HTTP without a WebSocket. */
export const requestLimits = {
  /** Milliseconds that one poll may wait for something to tell: under what proxies allow an answer to take. */
  waitMs: 25_000,
  /** Milliseconds that a client has to take the end of a stream before it is cut. */
  endingMs: 5_000,
  /** Milliseconds from a sign of life in a stream to the look at whether the client's machine acknowledged it. */
  acknowledgedMs: 15_000,
  /** Milliseconds from a request's first byte of body to its last, where the server itself does not count them. */
  bodyMs: 30_000,
  /** Characters of a room's id or name. */
  roomChars: 200,
} as const;
