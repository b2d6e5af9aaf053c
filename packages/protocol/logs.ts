import { limits } from './limits.ts';
import {
  Epoch,
  LogIdSchema,
  Nothing,
  Nullable,
  Seq,
  Shape,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

/** One event of a log, as it stands in a `log.listen` or `log.read` answer and, by itself, as a frame ([F4]). */
export const LoggedEventShape = Shape({
  event: Type.String(),
  log: LogIdSchema,
  epoch: Epoch,
  seq: Seq,
  at: Timestamp,
  by: Nullable(UserIdSchema),
  data: Type.Unknown(),
});
export type LoggedEventShape = Static<typeof LoggedEventShape>;

/**
 * *live*: every event, typing too. *passive*: notices in full, everything else only as a coalesced `log.head` ([L5]).
 */
export const Level = Type.Union([Type.Literal('live'), Type.Literal('passive')]);
export type Level = Static<typeof Level>;

/** Without `after`, listening starts at the head and no history is sent. `epoch` goes with `after`. */
export const ListenRequest = Shape({
  log: LogIdSchema,
  level: Level,
  epoch: Type.Optional(Epoch),
  after: Type.Optional(Seq),
});
export type ListenRequest = Static<typeof ListenRequest>;

const count = Type.Integer({ minimum: 0 });

export const ListenAnswer = Type.Union([
  /** Listening. `events` is everything in (after, seq], or for a passive listener the notices among them. */
  Shape({
    log: LogIdSchema,
    status: Type.Literal('listening'),
    epoch: Epoch,
    seq: Seq,
    count,
    events: Type.Array(LoggedEventShape),
  }),
  /** Listening, but more was missed than one answer holds: page it with `log.read` from the own cursor. */
  Shape({ log: LogIdSchema, status: Type.Literal('behind'), epoch: Epoch, seq: Seq, count }),
  /** Not listening. `epoch` and `trimmed`: load the log anew. `forbidden`: not there, or not the asker's to see. */
  Shape({
    log: LogIdSchema,
    status: Type.Literal('failed'),
    reason: Type.Union([Type.Literal('epoch'), Type.Literal('trimmed'), Type.Literal('forbidden')]),
  }),
]);
export type ListenAnswer = Static<typeof ListenAnswer>;

export const logCommands = {
  'log.listen': {
    http: null,
    params: Shape({ logs: Type.Array(ListenRequest, { minItems: 1, maxItems: limits.logsPerCommand }) }),
    result: Shape({ logs: Type.Array(ListenAnswer) }),
    summary:
      'Listen to logs, all in one frame, and get what was missed since a cursor. Listening again changes the level.',
  },
  'log.unlisten': {
    http: null,
    params: Shape({ logs: Type.Array(LogIdSchema, { minItems: 1, maxItems: limits.logsPerCommand }) }),
    result: Nothing,
    summary: 'Stop listening.',
  },
  'log.read': {
    http: 'GET /logs/:log/events',
    params: Shape({
      log: LogIdSchema,
      after: Seq,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.eventsPerAnswer })),
    }),
    result: Shape({ epoch: Epoch, seq: Seq, count, events: Type.Array(LoggedEventShape) }),
    summary: 'Events of a log after a position, in order. `seq` and `count` are the head’s.',
  },
} as const;
