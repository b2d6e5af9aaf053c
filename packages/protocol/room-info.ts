import { limits } from './limits.ts';
import { PictureHash } from './picture-hash.ts';
import { roomNamePattern } from './room-name-pattern.ts';
import { SlowModeMs } from './room-rules.ts';
import { Nullable, RoomIdSchema, Shape, SpaceIdSchema, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** Letters, digits and marks of any script, `-` and `_`; no spaces, so that `#name` reads as one word. */
export const RoomName = Type.String({
  minLength: 1,
  maxLength: limits.roomNameChars,
  pattern: roomNamePattern,
});
/** Of a channel a `RoomName`; of a group any line of text, empty for none. */
export const AnyRoomName = Type.String({ maxLength: limits.roomNameChars });
export const Topic = Type.String({ maxLength: limits.topicChars });
export const Visibility = Type.Union([Type.Literal('public'), Type.Literal('private')]);

/** A *channel* is a space's; a *direct* is between two people, or one's notes to oneself; a *group* is several people. */
export const RoomKind = Type.Union([Type.Literal('channel'), Type.Literal('direct'), Type.Literal('group')]);
export type RoomKind = Static<typeof RoomKind>;

/** What a room is, the same for everyone who may see it. */
export const RoomInfo = Shape({
  id: RoomIdSchema,
  /** `null` for a direct or group, which is reached by being in it and by nothing else. */
  space: Nullable(SpaceIdSchema),
  kind: RoomKind,
  visibility: Visibility,
  /** Empty for a direct, and for a group that was given none: it is called by its people. */
  name: AnyRoomName,
  /** Who is in a direct or group, by id; absent for a channel. */
  people: Type.Optional(Type.Array(UserIdSchema, { maxItems: limits.peoplePerGroup })),
  topic: Topic,
  /** At length, as Markdown; absent without one. */
  description: Type.Optional(Type.String({ maxLength: limits.roomDescriptionChars })),
  picture: Type.Optional(PictureHash),
  /** Set where nobody is told how far others have read. */
  receipts: Type.Optional(Type.Literal('off')),
  /** The least time between two posts of one person, in milliseconds; absent for none. */
  slowModeMs: Type.Optional(SlowModeMs),
  /** Set where only moderators post. */
  whoPosts: Type.Optional(Type.Literal('moderators')),
  createdBy: UserIdSchema,
  createdAt: Timestamp,
  archivedAt: Nullable(Timestamp),
});
export type RoomInfo = Static<typeof RoomInfo>;
