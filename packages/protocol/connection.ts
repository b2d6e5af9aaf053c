import {
  Epoch,
  Nothing,
  Nullable,
  Seq,
  SessionIdSchema,
  Shape,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

/** How long to wait before coming back: a random time in this window, chosen by the server ([H6]). */
export const ReconnectWindow = Shape({ minMs: Type.Integer({ minimum: 0 }), maxMs: Type.Integer({ minimum: 0 }) });
export type ReconnectWindow = Static<typeof ReconnectWindow>;

export const Hello = Shape({
  versions: Type.Array(Type.Integer(), { minItems: 1, maxItems: 16 }),
  /** What the client calls itself, e.g. `web/0.1.0`. */
  client: Type.Optional(Type.String({ maxLength: 100 })),
  /** A session's token, where the door carried no cookie or header. */
  token: Type.Optional(Type.String({ minLength: 20, maxLength: 128 })),
});
export type Hello = Static<typeof Hello>;

export const Welcome = Shape({
  version: Type.Integer(),
  user: UserIdSchema,
  session: SessionIdSchema,
  serverTime: Timestamp,
  /** Send something at least every `intervalMs`; hearing nothing for `timeoutMs` means that the connection is dead. */
  heartbeat: Shape({ intervalMs: Type.Integer(), timeoutMs: Type.Integer() }),
  reconnect: ReconnectWindow,
  limits: Shape({ frameBytes: Type.Integer(), inFlight: Type.Integer(), logs: Type.Integer() }),
});
export type Welcome = Static<typeof Welcome>;

/** Commands of the engine itself: about the connection, not about what is said on it. */
export const connectionCommands = {
  'connection.hello': {
    http: null,
    params: Hello,
    result: Welcome,
    summary: 'The first command of a connection: agree on a version and say who is asking.',
  },
  'connection.ping': {
    http: null,
    params: Nothing,
    result: Shape({ serverTime: Timestamp }),
    summary: 'Ask for a sign of life.',
  },
} as const;

/** Events without a log. */
export const connectionEvents = {
  /** Over HTTP the first frame: the secret name under which the connection's commands are sent ([D2]). */
  'connection.opened': { data: Shape({ connection: Type.String() }) },
  /** The last frame before the server closes: why, and when to come back. */
  'connection.closing': { data: Shape({ reason: Type.String(), reconnect: Nullable(ReconnectWindow) }) },
  /** Told to a passive listener instead of the events themselves, coalesced: the log now stands here. */
  'log.head': { data: Shape({ log: Type.String(), epoch: Epoch, seq: Seq, count: Type.Integer() }) },
  /** The server stopped telling of a log, because the asker may no longer see it or its history was rewritten. */
  'log.closed': {
    data: Shape({ log: Type.String(), reason: Type.Union([Type.Literal('forbidden'), Type.Literal('epoch')]) }),
  },
} as const;
