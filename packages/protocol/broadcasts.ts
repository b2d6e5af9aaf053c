import { limits } from './limits.ts';
import { PeerIdSchema } from './peers.ts';
import { Nothing, RoomIdSchema, Shape, Type, UserIdSchema } from './schema.ts';

/** What kind of thing it is, for those who listen: `pointer`, `drawing`. */
const Name = Type.String({
  minLength: 1,
  maxLength: limits.broadcastNameChars,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
});

const sent = { name: Name, payload: Type.String({ maxLength: limits.broadcastChars }) };

/** Telling everyone who has a room open something that is not kept ([B1]–[B3]). */
export const broadcastCommands = {
  'broadcast.send': {
    http: 'POST /rooms/:room/broadcasts',
    params: Shape({ room: RoomIdSchema, from: Type.Optional(PeerIdSchema), ...sent }),
    result: Nothing,
    summary:
      'Tell everyone who has a room open something that is not kept. `from`: what the sending connection calls itself.',
  },
} as const;

export const broadcastEvents = {
  /** On the room's log, to its live listeners, one's own connections among them: `from` tells which one sent it. */
  'broadcast.sent': { data: Shape({ user: UserIdSchema, from: Type.Union([PeerIdSchema, Type.Null()]), ...sent }) },
} as const;
