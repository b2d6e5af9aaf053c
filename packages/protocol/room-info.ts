import { limits } from './limits.ts';
import { Nullable, RoomIdSchema, Shape, SpaceIdSchema, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** Letters, digits and marks of any script, `-` and `_`; no spaces, so that `#name` reads as one word. */
export const RoomName = Type.String({
  minLength: 1,
  maxLength: limits.roomNameChars,
  pattern: '^[\\p{L}\\p{N}\\p{M}_-]+$',
});
export const Topic = Type.String({ maxLength: limits.topicChars });
export const Visibility = Type.Union([Type.Literal('public'), Type.Literal('private')]);

/** What a room is, the same for everyone who may see it. */
export const RoomInfo = Shape({
  id: RoomIdSchema,
  space: SpaceIdSchema,
  kind: Type.Literal('channel'),
  visibility: Visibility,
  name: RoomName,
  topic: Topic,
  createdBy: UserIdSchema,
  createdAt: Timestamp,
  archivedAt: Nullable(Timestamp),
});
export type RoomInfo = Static<typeof RoomInfo>;
