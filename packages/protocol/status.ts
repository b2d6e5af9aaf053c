import { limits } from './limits.ts';
import { Emoji } from './reactions.ts';
import { Shape, type Static, Timestamp, Type } from './schema.ts';

/** What a person says of themselves for now. From `until` on it says nothing more, and stays stored until another is set. */
export const Status = Shape({
  emoji: Type.Optional(Emoji),
  text: Type.Optional(Type.String({ minLength: 1, maxLength: limits.statusChars, pattern: '\\S' })),
  until: Type.Optional(Timestamp),
});
export type Status = Static<typeof Status>;
