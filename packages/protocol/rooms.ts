import { limits } from './limits.ts';
import { Membership, Notify, ReadCursor } from './membership.ts';
import { Person, PersonSearch } from './people.ts';
import { AnyRoomName, RoomInfo, RoomName, Topic, Visibility } from './room-info.ts';
import {
  Nothing,
  Nullable,
  Position,
  Role,
  RoomIdSchema,
  Seq,
  Shape,
  SpaceIdSchema,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

/** A room as the asker sees it, with where its log stands. `membership` is `null` for a room one only browses. */
export const RoomView = Shape({
  info: RoomInfo,
  memberCount: Type.Integer({ minimum: 0 }),
  position: Position,
  membership: Nullable(Membership),
});
export type RoomView = Static<typeof RoomView>;

export const RoomMember = Shape({ person: Person, role: Role, joinedAt: Timestamp });
export type RoomMember = Static<typeof RoomMember>;

const room = RoomIdSchema;
const page = {
  after: Type.Optional(UserIdSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.peoplePerPage })),
};

export const roomCommands = {
  'room.create': {
    http: 'POST /spaces/:space/rooms',
    params: Shape({ space: SpaceIdSchema, name: RoomName, visibility: Visibility, topic: Type.Optional(Topic) }),
    result: Shape({ room: RoomView }),
    summary: 'Make a channel and join it.',
  },
  'room.browse': {
    http: 'GET /spaces/:space/rooms',
    params: Shape({ space: SpaceIdSchema, archived: Type.Optional(Type.Boolean()) }),
    result: Shape({ rooms: Type.Array(RoomView) }),
    summary: 'Public channels of a space and the private ones one is in.',
  },
  'room.show': {
    http: 'GET /rooms/:room',
    params: Shape({ room }),
    result: Shape({ room: RoomView }),
    summary: 'One room.',
  },
  'room.join': {
    http: 'POST /rooms/:room/join',
    params: Shape({ room }),
    result: Shape({ room: RoomView }),
    summary: 'Join a public channel. Joining twice changes nothing.',
  },
  'room.leave': {
    http: 'POST /rooms/:room/leave',
    params: Shape({ room }),
    result: Nothing,
    summary: 'Leave a channel.',
  },
  'room.invite': {
    http: 'POST /rooms/:room/members',
    params: Shape({ room, user: UserIdSchema }),
    result: Nothing,
    summary: 'Add someone of the space to a channel.',
  },
  'room.remove-member': {
    http: 'DELETE /rooms/:room/members/:user',
    params: Shape({ room, user: UserIdSchema, reason: Type.Optional(Type.String({ maxLength: limits.reasonChars })) }),
    result: Nothing,
    summary: 'Remove someone from a channel.',
  },
  'room.members': {
    http: 'GET /rooms/:room/members',
    params: Shape({ room, text: Type.Optional(PersonSearch), ...page }),
    result: Shape({ members: Type.Array(RoomMember), more: Type.Boolean() }),
    summary: 'The members of a room by id, a page at a time.',
  },
  'room.rename': {
    http: 'POST /rooms/:room/rename',
    params: Shape({ room, name: AnyRoomName }),
    result: Nothing,
    summary: 'Rename a channel, or give a group a name; an empty one takes it away.',
  },
  'room.set-topic': {
    http: 'POST /rooms/:room/topic',
    params: Shape({ room, topic: Topic }),
    result: Nothing,
    summary: 'Say what a channel is about.',
  },
  'room.archive': {
    http: 'POST /rooms/:room/archive',
    params: Shape({ room }),
    result: Nothing,
    summary: 'Close a channel for writing; it stays readable.',
  },
  'room.unarchive': {
    http: 'POST /rooms/:room/unarchive',
    params: Shape({ room }),
    result: Nothing,
    summary: 'Open an archived channel again.',
  },
  'room.mark-unread': {
    http: 'POST /rooms/:room/unread',
    params: Shape({ room, seq: Type.Integer({ minimum: 1 }) }),
    result: ReadCursor,
    summary: 'Move one’s read cursor to before `seq`, so that everything from there on is unread again.',
  },
  'room.set-notifications': {
    http: 'PUT /rooms/:room/notifications',
    params: Shape({ room, notify: Notify, mutedUntil: Nullable(Timestamp) }),
    result: Shape({ membership: Membership }),
    summary: 'Say what of a room one wants to be told of, and until when nothing.',
  },
  'room.mark-read': {
    http: 'POST /rooms/:room/read',
    /** `rewinds`: what the client knows; when one has moved the cursor back since, it stays where it is. */
    params: Shape({ room, seq: Seq, rewinds: Type.Optional(Type.Integer({ minimum: 0 })) }),
    result: ReadCursor,
    summary:
      'Move one’s read cursor forward to `seq`, at most to the head; it never moves back. Tells one’s other devices.',
  },
} as const;

/** Events of a room's log besides messages. All are notices: a passive listener gets them in full ([L5]). */
export const roomEvents = {
  'room.created': { data: Shape({ room: RoomInfo }) },
  'room.renamed': { data: Shape({ name: AnyRoomName }) },
  'room.topic-set': { data: Shape({ topic: Topic }) },
  'room.archived': { data: Nothing },
  'room.unarchived': { data: Nothing },
  'room.member-joined': { data: Shape({ person: Person, role: Role }) },
  'room.member-left': {
    data: Shape({ user: UserIdSchema, reason: Type.Union([Type.Literal('left'), Type.Literal('removed')]) }),
  },
} as const;
