import { limits } from './limits.ts';
import { Nothing, Nullable, Shape, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

export const PresenceState = Type.Union([Type.Literal('online'), Type.Literal('away'), Type.Literal('offline')]);
export type PresenceState = Static<typeof PresenceState>;

/** `lastSeenAt` is set when offline and the person was ever seen. */
export const Presence = Shape({ user: UserIdSchema, state: PresenceState, lastSeenAt: Nullable(Timestamp) });
export type Presence = Static<typeof Presence>;

export const presenceCommands = {
  'presence.set': {
    http: null,
    params: Shape({ state: Type.Union([Type.Literal('online'), Type.Literal('away')]) }),
    result: Nothing,
    summary: 'Say whether the person is at this device. A person is online if any of their connections is.',
  },
  'presence.watch': {
    http: null,
    params: Shape({ users: Type.Array(UserIdSchema, { maxItems: limits.watchedPeople }) }),
    result: Shape({ presences: Type.Array(Presence) }),
    summary:
      'Hear of these people’s presence on this connection, instead of those watched before. People one shares no space with are left out.',
  },
  'presence.show': {
    http: 'POST /presence/show',
    params: Shape({ users: Type.Array(UserIdSchema, { maxItems: limits.watchedPeople }) }),
    result: Shape({ presences: Type.Array(Presence) }),
    summary: 'People’s presence now.',
  },
} as const;

export const presenceEvents = { 'presence.changed': { data: Presence } } as const;
