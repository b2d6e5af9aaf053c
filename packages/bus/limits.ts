/** Bounds of the buses between nodes, with their units in their names. */
export const busLimits = {
  // what travels
  /** UTF-8 bytes of one message; an event above it travels as its log's head, anything else is dropped. */
  messageBytes: 128 * 1024,
  /** UTF-8 bytes of one payload through Redis: what one tick has for one partition is cut at this size. */
  payloadBytes: 256 * 1024,
  /** The same through PostgreSQL, which takes less than 8,000 bytes in one notification. */
  notificationBytes: 7_900,
  /** Characters above which a payload from outside is not even parsed. */
  incomingChars: 1024 * 1024,
  /** Bytes handed to Redis and not acknowledged by it, above which messages are dropped. */
  unansweredBytes: 8 * 1024 * 1024,

  // what waits for PostgreSQL while it does the last notification
  /** Between notifications of one node. */
  notifyMs: 20,
  /** Payloads in one notification; what does not fit into them is dropped. */
  notificationsAtOnce: 32,
  waitingHeads: 10_000,
  waitingEphemerals: 2_000,
  /** Revocations and what nodes say of themselves and their people. */
  waitingSigns: 2_000,

  // the connection
  /** From the first step of opening it until all that is followed is subscribed. */
  openMs: 5_000,
  /** Between pings, and how many in a row may be without an answer when the next is due. */
  pingMs: 1_000,
  pingsMissed: 2,
  /** Pauses between attempts to connect: twice as long each time, a little random. */
  retryMinMs: 50,
  retryMaxMs: 1_000,
  /** What was published last is waited for so long when the bus is closed. */
  closeMs: 1_000,
  /** Between lines in the log about payloads that cannot be read. */
  complainMs: 60_000,
} as const;

export type BusLimits = { readonly [Name in keyof typeof busLimits]: number };
