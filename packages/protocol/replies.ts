import { Seq, Shape, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** What a message that was replied to says of its thread. Replies that were deleted since count: a line stays of each. */
export const Replies = Shape({
  count: Type.Integer({ minimum: 1 }),
  lastSeq: Seq,
  lastAt: Timestamp,
  /** Those who replied first, at most `shownRepliers`. */
  people: Type.Array(UserIdSchema),
});
export type Replies = Static<typeof Replies>;
