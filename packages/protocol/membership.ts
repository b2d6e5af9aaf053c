import { limits } from './limits.ts';
import { MessageIdSchema, Nullable, RoomIdSchema, Seq, Shape, type Static, Timestamp, Type } from './schema.ts';

const count = Type.Integer({ minimum: 0 });

/** What of a room one wants to be told of; `default` is what holds for rooms of its kind. */
export const Notify = Type.Union([
  Type.Literal('default'),
  Type.Literal('all'),
  Type.Literal('mentions'),
  Type.Literal('none'),
]);
export type Notify = Static<typeof Notify>;

/** How far one has read. Of two the one with more `rewinds` holds, then the one with the higher `readSeq` ([L14]). */
const cursor = {
  readSeq: Seq,
  /** Posts up to `readSeq`, and those after it that were deleted: unread = position.count − readCount ([L12]). */
  readCount: count,
  /** How often one moved the cursor back by hand. */
  rewinds: count,
};

/** The seqs of unread messages that mention one, ascending; the newest `shownMentions` of them. */
const mentions = Type.Array(Seq, { maxItems: limits.shownMentions });

/** An unread mention in a reply that shows in its thread alone: `index` is the how-manieth of the thread it is. */
const placeInThread = { thread: MessageIdSchema, index: Type.Integer({ minimum: 1 }) };
export const PlaceInThread = Shape(placeInThread);
export const ThreadMention = Shape({ seq: Seq, ...placeInThread });
export type ThreadMention = Static<typeof ThreadMention>;

/** A read cursor as an answer tells it: `atSeq` is the head of the room's log that `readCount` was counted at. */
export const ReadCursor = Shape({ ...cursor, atSeq: Seq });
export type ReadCursor = Static<typeof ReadCursor>;

/** Everything that is one's own about a room that one is in. */
export const Membership = Shape({
  joinedAt: Timestamp,
  ...cursor,
  mentions,
  /** Ascending, the newest `shownMentions` of them; absent where there are none. Reading the room leaves them. */
  threadMentions: Type.Optional(Type.Array(ThreadMention, { maxItems: limits.shownMentions })),
  notify: Notify,
  /** Nothing is told of the room before this time. */
  mutedUntil: Nullable(Timestamp),
  /** Set when one closed the direct or group: it is out of the list while it has no more posts than this. */
  closedCount: Type.Optional(count),
});
export type Membership = Static<typeof Membership>;

/** In the inbox, for one's other devices. */
export const membershipEvents = {
  'inbox.read': { data: Shape({ room: RoomIdSchema, ...ReadCursor.properties }) },
  /** Changed by a command; counted, as far as it counts, at the head `atSeq` of the room's log. */
  'inbox.membership-changed': { data: Shape({ room: RoomIdSchema, membership: Membership, atSeq: Seq }) },
} as const;
