/** Bounds of the gateway; whoever opens it may set others. */
export interface SignalRLimits {
  /** Bytes of one hub message, and of one transport message or POST, which may hold several. */
  readonly messageBytes: number;
  readonly transferBytes: number;
  /** Arrays and maps within one another in a message. */
  readonly depth: number;
  /** Characters of an invocation id. */
  readonly invocationIdChars: number;
  /** Characters of one cursor, and cursors and rooms that one call may name. */
  readonly cursorChars: number;
  readonly cursors: number;
  readonly rooms: number;
  /** Calls that wait for a `Join` before them. */
  readonly waitingCalls: number;
  /** Streams that one connection has open. */
  readonly streams: number;

  /** Negotiated connections that no transport has come for, in all and of one session token. */
  readonly waiting: number;
  readonly waitingPerToken: number;
  /** Milliseconds from negotiating to a transport, and from the transport to the handshake. */
  readonly waitingMs: number;
  readonly handshakeMs: number;
  /** Messages' bytes that may come before the session is open. */
  readonly bytesBeforeOpen: number;
  /** Milliseconds until rooms are told to who asked for none: a `Join` in this time changes what is told. */
  readonly settleMs: number;
  /** The same for a client that may resume and says nothing; it says so as soon as it can count what it gets. */
  readonly silentSettleMs: number;

  /** Milliseconds after which a connection that was sent nothing is sent a ping. */
  readonly keepAliveMs: number;
  /** Milliseconds that a poll is held open. */
  readonly pollMs: number;
  /** Bytes of messages in one poll's answer; the rest is for the next. */
  readonly pollBytes: number;
  /** Milliseconds for which a connection that ended keeps its last words for the poll that fetches them. */
  readonly lingerMs: number;
  /** Milliseconds to wait for the other side's close frame, or for the end of a stream to be taken. */
  readonly closeTimeoutMs: number;
  /** Milliseconds between looks at what is due. */
  readonly sweepMs: number;
  /** Unsent bytes above which pings are not answered, and above which what the gateway itself answers is too much. */
  readonly pongBacklogBytes: number;
  readonly unsentBytes: number;

  /** Bytes of messages kept until the client says that it has them, for a connection that can be resumed. */
  readonly replayBytes: number;
  /** Milliseconds that such a connection outlives its transport. */
  readonly resumeMs: number;
  /** Milliseconds, and bytes received, after which the client is told what has arrived. */
  readonly ackMs: number;
  readonly ackBytes: number;
}

export const defaultSignalRLimits: SignalRLimits = {
  messageBytes: 256 * 1024,
  transferBytes: 1024 * 1024,
  depth: 32,
  invocationIdChars: 128,
  cursorChars: 160 * 1024,
  cursors: 5_000,
  rooms: 5_000,
  waitingCalls: 64,
  streams: 16,

  waiting: 10_000,
  waitingPerToken: 50,
  waitingMs: 15_000,
  handshakeMs: 15_000,
  bytesBeforeOpen: 64 * 1024,
  settleMs: 1_000,
  silentSettleMs: 5_000,

  keepAliveMs: 15_000,
  pollMs: 25_000,
  pollBytes: 256 * 1024,
  lingerMs: 5_000,
  closeTimeoutMs: 5_000,
  sweepMs: 1_000,
  pongBacklogBytes: 64 * 1024,
  unsentBytes: 2 * 1024 * 1024,

  replayBytes: 1024 * 1024,
  resumeMs: 30_000,
  ackMs: 1_000,
  ackBytes: 32 * 1024,
};
