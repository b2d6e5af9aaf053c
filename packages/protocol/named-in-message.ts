import { limits } from './limits.ts';
import { PeopleGroupIdSchema, Type, UserIdSchema } from './schema.ts';

/**
 * Whom a message names; absent where it names nobody. The server reads it out of the text, so nobody is told of a room
 * that they may not see.
 */
export const namedInMessage = {
  mentions: Type.Optional(Type.Array(UserIdSchema, { maxItems: limits.mentionsPerMessage })),
  mentionedGroups: Type.Optional(Type.Array(PeopleGroupIdSchema, { maxItems: limits.groupsPerMessage })),
};

/** Set in a message that calls everyone in its room (`room`) or those who were online when it was posted (`here`). Edits leave it. */
export const calledInMessage = {
  mentionsAll: Type.Optional(Type.Union([Type.Literal('room'), Type.Literal('here')])),
};
