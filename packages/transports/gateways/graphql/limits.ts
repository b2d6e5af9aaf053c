/** Bounds of the gateway; whoever opens it may set others. */
export interface GraphqlLimits {
  /** Bytes of a request's body, and of one message on a connection. */
  readonly messageBytes: number;
  /** Characters of a document, and lexical tokens and comments in it. */
  readonly documentChars: number;
  readonly documentTokens: number;
  readonly documentComments: number;
  /** Fields within fields. */
  readonly depth: number;
  /** Fields that an answer may have, each counted as often as the size of the pages that it stands in. */
  readonly cost: number;
  /** Fields under another name, in a whole document. */
  readonly aliases: number;
  readonly fragments: number;
  /** The same field in one selection. */
  readonly repeats: number;
  /** Commands that one operation may give. */
  readonly commands: number;
  /** Operations that stand in one document, of which a request runs one. */
  readonly documentOperations: number;
  /** Characters of an operation's id. */
  readonly operationIdChars: number;
  /** Operations that one connection has open, and subscriptions among them. */
  readonly operations: number;
  readonly subscriptions: number;
  /** Milliseconds from connecting to `connection_init` ([H2]). */
  readonly initMs: number;
  /** Messages that a connection may send before it is signed in. */
  readonly messagesBeforeSignIn: number;
  /** Connections at once that are not signed in yet, in all. */
  readonly opening: number;
  /** Unsent bytes above which a subscription waits with its next event, and pings are not answered. */
  readonly gateBytes: number;
  /** Bytes of events that wait in the subscriptions of one connection; above, it ends ([S2]). */
  readonly queuedBytes: number;
  /** Reserved event streams at once, and milliseconds until one has to be opened. */
  readonly reservations: number;
  readonly reservationMs: number;
  /** Milliseconds to wait for the other side's close frame before the socket is cut. */
  readonly closeTimeoutMs: number;
}

export const defaultGraphqlLimits: GraphqlLimits = {
  messageBytes: 256 * 1024,
  documentChars: 64 * 1024,
  documentTokens: 2_000,
  documentComments: 500,
  depth: 10,
  cost: 10_000,
  aliases: 40,
  fragments: 20,
  repeats: 10,
  commands: 20,
  documentOperations: 20,
  operationIdChars: 128,
  operations: 100,
  subscriptions: 50,
  initMs: 10_000,
  messagesBeforeSignIn: 20,
  opening: 2_000,
  gateBytes: 64 * 1024,
  queuedBytes: 4 * 1024 * 1024,
  reservations: 10_000,
  reservationMs: 30_000,
  closeTimeoutMs: 5_000,
};

/** What a field weighs: one that gives a command as much as ten others. A list without a page size counts as this long. */
export const weights = { field: 1, command: 10, listLength: 50, introspection: 500 } as const;
