import { limits } from './limits.ts';
import { Handle, Person, PersonName, PersonSearch } from './people.ts';
import { PictureHash } from './picture-hash.ts';
import { RoomInfo } from './room-info.ts';
import {
  InviteIdSchema,
  Nothing,
  Nullable,
  Position,
  Role,
  Shape,
  SpaceIdSchema,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

const SpaceName = Type.String({ minLength: 1, maxLength: limits.spaceNameChars, pattern: '\\S' });

export const SpaceView = Shape({
  id: SpaceIdSchema,
  name: SpaceName,
  role: Role,
  memberCount: Type.Integer({ minimum: 0 }),
  picture: Type.Optional(PictureHash),
  /** What those who join are shown at first, as Markdown; absent without one. */
  welcome: Type.Optional(Type.String({ maxLength: limits.welcomeChars })),
  /** Set from joining until one has dismissed it. */
  greet: Type.Optional(Type.Literal(true)),
  /** Where the space's log stands; `null` for guests, who do not see who and what else is in the space. */
  position: Nullable(Position),
});
export type SpaceView = Static<typeof SpaceView>;

export const SpaceMember = Shape({ person: Person, role: Role, joinedAt: Timestamp });
export type SpaceMember = Static<typeof SpaceMember>;

export const InviteView = Shape({
  id: InviteIdSchema,
  space: SpaceIdSchema,
  role: Role,
  createdBy: UserIdSchema,
  createdAt: Timestamp,
  expiresAt: Timestamp,
  /** `null`: as often as wanted until it expires. */
  maxUses: Nullable(Type.Integer({ minimum: 1 })),
  uses: Type.Integer({ minimum: 0 }),
  /** The last four characters of the token, to tell invitations apart; the token itself is shown once. */
  hint: Type.String(),
});
export type InviteView = Static<typeof InviteView>;

const InviteToken = Type.String({ minLength: 20, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' });
const InviteRole = Type.Union([
  Type.Literal('admin'),
  Type.Literal('moderator'),
  Type.Literal('member'),
  Type.Literal('guest'),
]);
const space = SpaceIdSchema;

export const spaceCommands = {
  'space.create': {
    http: 'POST /spaces',
    params: Shape({ name: SpaceName }),
    result: Shape({ space: SpaceView }),
    summary: 'Make a space. Only the owner of the instance’s first space may.',
  },
  'space.rename': {
    http: 'POST /spaces/:space/rename',
    params: Shape({ space, name: SpaceName }),
    result: Nothing,
    summary: 'Rename a space.',
  },
  'space.members': {
    http: 'GET /spaces/:space/members',
    params: Shape({
      space,
      text: Type.Optional(PersonSearch),
      after: Type.Optional(UserIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.peoplePerPage })),
    }),
    result: Shape({ members: Type.Array(SpaceMember), more: Type.Boolean() }),
    summary: 'The members of a space by id, a page at a time.',
  },
  'space.set-role': {
    http: 'POST /spaces/:space/members/:user/role',
    params: Shape({ space, user: UserIdSchema, role: Role }),
    result: Nothing,
    summary: 'Change a member’s role. Only owners make or unmake owners.',
  },
  'space.remove-member': {
    http: 'DELETE /spaces/:space/members/:user',
    params: Shape({ space, user: UserIdSchema, reason: Type.Optional(Type.String({ maxLength: limits.reasonChars })) }),
    result: Nothing,
    summary: 'Remove a member from a space and all of its rooms, at once and everywhere.',
  },
  'invite.create': {
    http: 'POST /spaces/:space/invites',
    params: Shape({
      space,
      role: Type.Optional(InviteRole),
      maxUses: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 10_000 }))),
      /** Milliseconds from now; seven days unless told. */
      expiresInMs: Type.Optional(Type.Integer({ minimum: 60_000, maximum: 365 * 86_400_000 })),
    }),
    result: Shape({ invite: InviteView, token: Type.String() }),
    summary: 'Make an invitation. Its token is shown this once; the link is <instance>/join/<token>.',
  },
  'invite.list': {
    http: 'GET /spaces/:space/invites',
    params: Shape({ space }),
    result: Shape({ invites: Type.Array(InviteView) }),
    summary: 'Invitations that still work.',
  },
  'invite.revoke': {
    http: 'DELETE /invites/:invite',
    params: Shape({ invite: InviteIdSchema }),
    result: Nothing,
    summary: 'Withdraw an invitation.',
  },
  'invite.look-up': {
    http: 'POST /invites/look-up',
    params: Shape({ token: InviteToken }),
    /** `claims`: it is for one person alone, whose account waits here: signing up with it takes that over. */
    result: Shape({
      space: Shape({ id: SpaceIdSchema, name: SpaceName }),
      role: Role,
      invitedBy: Type.String(),
      claims: Type.Optional(Shape({ handle: Handle, name: PersonName })),
    }),
    summary: 'What an invitation is for, before one accepts it.',
  },
  'invite.accept': {
    http: 'POST /invites/accept',
    params: Shape({ token: InviteToken }),
    result: Shape({ space: SpaceView }),
    summary: 'Join a space with the account one has.',
  },
} as const;

/** Events of a space's log: who is in it and which public rooms it has. Not for guests. */
export const spaceEvents = {
  'space.created': { data: Shape({ name: SpaceName }) },
  'space.renamed': { data: Shape({ name: SpaceName }) },
  'space.member-joined': { data: Shape({ person: Person, role: Role }) },
  'space.member-left': { data: Shape({ user: UserIdSchema }) },
  'space.role-set': { data: Shape({ user: UserIdSchema, role: Role }) },
  'space.person-changed': { data: Shape({ person: Person }) },
  /** A public room was made, renamed, described, archived or brought back. */
  'space.room-changed': { data: Shape({ room: RoomInfo }) },
} as const;
