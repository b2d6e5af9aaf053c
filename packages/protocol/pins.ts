import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { Person } from './people.ts';
import { MessageIdSchema, Nothing, RoomIdSchema, Shape, Type } from './schema.ts';

const message = MessageIdSchema;

export const pinCommands = {
  'message.pin': {
    http: 'PUT /messages/:message/pin',
    params: Shape({ message }),
    result: Nothing,
    summary: `Pin a message to its room, for everybody in it. Doing so twice changes nothing. At most ${limits.pinsPerRoom} a room.`,
  },
  'message.unpin': {
    http: 'DELETE /messages/:message/pin',
    params: Shape({ message }),
    result: Nothing,
    summary: 'Take a pin off a message, whoever pinned it. Doing so twice changes nothing.',
  },
  'message.pins': {
    http: 'GET /rooms/:room/pins',
    params: Shape({ room: RoomIdSchema }),
    result: Shape({ messages: Type.Array(Message), people: Type.Array(Person) }),
    summary: 'The pinned messages of a room, the one pinned last first, and the people whom they name.',
  },
} as const;

/** `by` is who did it. Both stand in the timeline. */
export const pinEvents = {
  'message.pinned': { data: Shape({ message }) },
  'message.unpinned': { data: Shape({ message }) },
} as const;
