import { Draft } from './drafts.ts';
import { limits } from './limits.ts';
import { OwnModeration } from './moderation.ts';
import { Handle, Person, PersonName } from './people.ts';
import { Reminder } from './reminders.ts';
import { RoomView } from './rooms.ts';
import { ScheduledMessage } from './scheduled.ts';
import {
  Nothing,
  Position,
  Role,
  RoomIdSchema,
  SessionIdSchema,
  Shape,
  SpaceIdSchema,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';
import { RoomPlace, Section } from './sections.ts';
import { Settings } from './settings.ts';
import { SpaceView } from './spaces.ts';
import { ThreadState } from './threads.ts';

/** Weak ones are refused with `password-too-weak`, which says what is needed, so the schema only bounds the size. */
const Password = Type.String({ minLength: 1, maxLength: limits.passwordChars.max });
const Token = Type.String({ minLength: 20, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' });

export const SessionView = Shape({
  id: SessionIdSchema,
  current: Type.Boolean(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  /** What the client called itself, at most 200 characters; shown to its owner only. */
  agent: Type.String({ maxLength: 200 }),
});
export type SessionView = Static<typeof SessionView>;

/** How the new session's token reaches the client: in an HttpOnly cookie (HTTP only) or in the answer. */
const Deliver = Type.Union([Type.Literal('cookie'), Type.Literal('token')]);

export const SignedIn = Shape({
  me: Person,
  session: SessionIdSchema,
  expiresAt: Timestamp,
  /** Only with `deliver: 'token'`; shown this once. */
  token: Type.Optional(Type.String()),
});
export type SignedIn = Static<typeof SignedIn>;

/** What anyone may know before signing in. */
export const InstanceView = Shape({
  name: Type.String(),
  version: Type.String(),
  setUp: Type.Boolean(),
  signUp: Type.Union([Type.Literal('invite'), Type.Literal('open')]),
  /** How large a file may be, in bytes. */
  fileBytes: Type.Integer({ minimum: 0 }),
});
export type InstanceView = Static<typeof InstanceView>;

/** Everything a screen needs first, read from one snapshot together with the positions that it stands at ([L8]). */
export const Home = Shape({
  me: Person,
  session: SessionIdSchema,
  instance: InstanceView,
  spaces: Type.Array(SpaceView),
  /** Rooms that one is a member of, archived ones included. */
  rooms: Type.Array(RoomView),
  /** Whom one blocks, at most `blocksPerPerson`. */
  blocked: Type.Array(UserIdSchema),
  /**
   * Oneself, the first `peoplePerPage` people of each space, and as many of one's directs and groups; others by
   * `person.look-up`.
   */
  people: Type.Array(Person),
  settings: Settings,
  /** Followed threads with unread replies, at most `unreadThreads`, those with the newest reply first. */
  threads: Type.Array(ThreadState),
  scheduled: Type.Array(ScheduledMessage),
  /** Of the rooms that one is in. */
  drafts: Type.Array(Draft),
  reminders: Type.Array(Reminder),
  /** One’s own list of rooms: its sections in their order, and the rooms that stand somewhere in particular. */
  sections: Type.Array(Section),
  places: Type.Array(RoomPlace),
  moderation: OwnModeration,
  inbox: Position,
});
export type Home = Static<typeof Home>;

export const accountCommands = {
  'instance.show': {
    http: 'GET /instance',
    params: Nothing,
    result: InstanceView,
    summary: 'What this instance is and how one gets an account.',
  },
  'account.set-up': {
    http: 'POST /account/set-up',
    params: Shape({
      handle: Handle,
      name: PersonName,
      password: Password,
      space: Type.String({ minLength: 1, maxLength: limits.spaceNameChars, pattern: '\\S' }),
      deliver: Deliver,
    }),
    result: SignedIn,
    summary: 'Make the first account, which owns the instance and its first space. Works once.',
  },
  'account.sign-up': {
    http: 'POST /account/sign-up',
    params: Shape({
      handle: Handle,
      name: PersonName,
      password: Password,
      invite: Type.Optional(Token),
      deliver: Deliver,
    }),
    result: SignedIn,
    summary: 'Make an account, with an invitation’s token or, where sign-up is open, without.',
  },
  'account.sign-in': {
    http: 'POST /account/sign-in',
    params: Shape({ handle: Type.String({ minLength: 1, maxLength: 64 }), password: Password, deliver: Deliver }),
    result: SignedIn,
    summary: 'Start a session.',
  },
  'account.sign-out': {
    http: 'POST /account/sign-out',
    params: Nothing,
    result: Nothing,
    summary: 'End this session.',
  },
  'account.home': {
    http: 'GET /account/home',
    params: Nothing,
    result: Home,
    summary: 'Oneself, one’s spaces and rooms, and the positions they stand at.',
  },
  'account.rename': {
    http: 'POST /account/rename',
    params: Shape({ name: PersonName }),
    result: Person,
    summary: 'Change one’s own name.',
  },
  'account.change-password': {
    http: 'POST /account/change-password',
    params: Shape({ current: Password, next: Password }),
    result: Nothing,
    summary: 'Change one’s own password. All other sessions end.',
  },
  'session.list': {
    http: 'GET /sessions',
    params: Nothing,
    result: Shape({ sessions: Type.Array(SessionView) }),
    summary: 'One’s own sessions.',
  },
  'session.revoke': {
    http: 'DELETE /sessions/:session',
    params: Shape({ session: SessionIdSchema }),
    result: Nothing,
    summary: 'End one of one’s own sessions, at once and everywhere.',
  },
  'person.look-up': {
    http: 'POST /people/look-up',
    params: Shape({ users: Type.Array(UserIdSchema, { maxItems: limits.peoplePerPage }) }),
    result: Shape({ people: Type.Array(Person) }),
    summary: 'People by id; those one shares no space with are left out.',
  },
} as const;

/** Events of a user's inbox log: what concerns one person across rooms and devices. */
export const inboxEvents = {
  'inbox.room-added': { data: Shape({ room: RoomView }) },
  'inbox.room-removed': {
    data: Shape({ room: RoomIdSchema, reason: Type.Union([Type.Literal('left'), Type.Literal('removed')]) }),
  },
  'inbox.space-added': { data: Shape({ space: SpaceView }) },
  'inbox.space-removed': { data: Shape({ space: SpaceIdSchema }) },
  'inbox.role-set': { data: Shape({ space: SpaceIdSchema, role: Role }) },
  'inbox.profile-changed': { data: Shape({ me: Person }) },
} as const;
