import { limits } from './limits.ts';
import { RoomView } from './rooms.ts';
import { Nothing, RoomIdSchema, Shape, Type, UserIdSchema } from './schema.ts';

const users = Type.Array(UserIdSchema, { minItems: 1, maxItems: limits.peoplePerGroup - 1 });
const room = RoomIdSchema;

export const directCommands = {
  'direct.open': {
    http: 'POST /directs',
    params: Shape({ users }),
    result: Shape({ room: RoomView }),
    summary:
      'The one place of oneself and these people, found or made: a direct with one, notes to oneself with oneself alone, a group with more.',
  },
  'direct.close': {
    http: 'POST /rooms/:room/close',
    params: Shape({ room }),
    result: Nothing,
    summary: 'Take a direct or group out of one’s list until there is a further post in it or one opens it again.',
  },
  'group.add': {
    http: 'POST /rooms/:room/people',
    params: Shape({
      room,
      users,
      /** `visible`: they come into this group and read what was said. `new`: the place of all of them together. */
      history: Type.Union([Type.Literal('visible'), Type.Literal('new')]),
    }),
    result: Shape({ room: RoomView }),
    summary: 'Bring more people into a group, or into a further one that begins empty. A direct stays between two.',
  },
} as const;
