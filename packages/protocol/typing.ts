import { Nothing, RoomIdSchema, Shape, Type, UserIdSchema } from './schema.ts';

/** A client repeats `typing: true` at most every 3 s while the person types; it lapses 6 s after the last. */
export const typingCommands = {
  'typing.set': {
    http: 'POST /rooms/:room/typing',
    params: Shape({ room: RoomIdSchema, typing: Type.Boolean() }),
    result: Nothing,
    summary: 'Say that one is typing in a room, or no longer.',
  },
} as const;

export const typingEvents = {
  'typing.changed': { data: Shape({ user: UserIdSchema, typing: Type.Boolean() }) },
} as const;
