import { Files } from './file.ts';
import { limits } from './limits.ts';
import { calledInMessage, namedInMessage } from './named-in-message.ts';
import { Handle, Person } from './people.ts';
import { Pinned } from './pinned.ts';
import { Poll, PollTerms } from './poll.ts';
import { Previews } from './previews.ts';
import { Reactions } from './reactions.ts';
import { Replies } from './replies.ts';
import {
  ClientIdSchema,
  Epoch,
  FileIdSchema,
  MessageIdSchema,
  Nullable,
  Position,
  RoomIdSchema,
  Seq,
  Shape,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

/** Bounds beyond `limits.messageChars` are refused with `text-too-long`, which says both figures; this only bounds the frame. */
const Text = Type.String({ maxLength: limits.messageChars * 8 });

/** What a message is besides its text; absent from a plain one. */
const context = {
  /** The message that it replies to; replies stand in its thread. */
  thread: Type.Optional(MessageIdSchema),
  /** A reply that is shown, and counted, in the room too. */
  alsoInRoom: Type.Optional(Type.Literal(true)),
  /** Another message of the room that it quotes. */
  quote: Type.Optional(MessageIdSchema),
  /** `me`: what its author does, told of them in the third person. */
  style: Type.Optional(Type.Literal('me')),
};

export const PostContext = Shape(context);
export type PostContext = Static<typeof PostContext>;

/** A message as it stands now. A deleted one is a tombstone: no text, `deletedAt` set. */
export const Message = Shape({
  id: MessageIdSchema,
  room: RoomIdSchema,
  /** Where it was posted on its room's log; orders the timeline. */
  seq: Seq,
  author: UserIdSchema,
  clientId: ClientIdSchema,
  text: Type.String(),
  postedAt: Timestamp,
  editedAt: Nullable(Timestamp),
  deletedAt: Nullable(Timestamp),
  ...context,
  ...namedInMessage,
  ...calledInMessage,
  reactions: Type.Optional(Reactions),
  pinned: Type.Optional(Pinned),
  replies: Type.Optional(Replies),
  previews: Type.Optional(Previews),
  poll: Type.Optional(Poll),
  files: Type.Optional(Files),
});
export type Message = Static<typeof Message>;

/** A system line of the timeline: a room event other than a message's, as stored in the log. */
export const Notice = Shape({
  seq: Seq,
  at: Timestamp,
  by: Nullable(UserIdSchema),
  event: Type.String(),
  data: Type.Unknown(),
});
export type Notice = Static<typeof Notice>;

/** A stretch of a room's timeline in ascending order, with the position of the snapshot that it was read from ([L8]). */
export const TimelinePage = Shape({
  messages: Type.Array(Message),
  /** Of a thread: the message that the others reply to. */
  root: Type.Optional(Message),
  /** Messages that are quoted on the page and not on it themselves. */
  quoted: Type.Array(Message),
  /** Notices between the first and the last seq of the page. */
  notices: Type.Array(Notice),
  /** Authors and other people named in the page. */
  people: Type.Array(Person),
  /** The stretch that the page covers, both ends included: no message or notice is missing between them. */
  fromSeq: Seq,
  toSeq: Seq,
  /** Whether anything lies before `fromSeq` / after `toSeq`. */
  earlier: Type.Boolean(),
  later: Type.Boolean(),
  position: Position,
});
export type TimelinePage = Static<typeof TimelinePage>;

/** What a message said at a time. */
export const MessageVersion = Shape({ text: Type.String(), at: Timestamp });
export type MessageVersion = Static<typeof MessageVersion>;

/** What a post brings along: files that were sent to the room before, in the order in which they are shown. */
export const OwnFiles = Type.Array(FileIdSchema, {
  minItems: 1,
  maxItems: limits.filesPerMessage,
  uniqueItems: true,
});

const room = RoomIdSchema;

export const messageCommands = {
  'message.post': {
    http: 'POST /rooms/:room/messages',
    params: Shape({ room, clientId: ClientIdSchema, text: Text, files: Type.Optional(OwnFiles), ...context }),
    /** `unreachable`: handles in the text of people of the space who may not see the room, and are not told. */
    result: Shape({
      id: MessageIdSchema,
      epoch: Epoch,
      seq: Seq,
      postedAt: Timestamp,
      unreachable: Type.Optional(Type.Array(Handle, { maxItems: limits.mentionsPerMessage })),
    }),
    summary:
      'Post a message. The same clientId in the same room again gives the same answer; with other text `client-id-reused`. A reply to a reply goes to the same thread. With files the text may be empty.',
  },
  'message.edit': {
    http: 'PATCH /messages/:message',
    params: Shape({ message: MessageIdSchema, text: Text }),
    result: Shape({ message: Message }),
    summary: 'Change the text of one’s own message.',
  },
  'message.delete': {
    http: 'DELETE /messages/:message',
    /** `reason`: of a moderator, told to the author. */
    params: Shape({ message: MessageIdSchema, reason: Type.Optional(Type.String({ maxLength: limits.reasonChars })) }),
    result: Shape({ message: Message }),
    summary: 'Delete one’s own message, or as a moderator anyone’s. Its text is wiped from the log.',
  },
  'message.remove-file': {
    http: 'DELETE /messages/:message/files/:file',
    /** `reason`: of a moderator, told to the author. */
    params: Shape({
      message: MessageIdSchema,
      file: FileIdSchema,
      reason: Type.Optional(Type.String({ maxLength: limits.reasonChars })),
    }),
    result: Shape({ message: Message }),
    summary:
      'Take a file out of one’s own message, or as a moderator out of anyone’s, and delete it. A message of which nothing is left is deleted too.',
  },
  'message.show': {
    http: 'GET /messages/:message',
    params: Shape({ message: MessageIdSchema }),
    result: Shape({ message: Message }),
    summary: 'One message.',
  },
  'message.history': {
    http: 'GET /messages/:message/history',
    params: Shape({ message: MessageIdSchema }),
    result: Shape({ versions: Type.Array(MessageVersion) }),
    summary: `What a message said, each text from when it was said, the first one first and what it says now last. Of more than ${limits.messageVersions} earlier texts the oldest are forgotten; of a deleted message all.`,
  },
  'message.list': {
    http: 'GET /rooms/:room/messages',
    params: Shape({
      room,
      /** At most one of the three; none: the latest. `before` and `after` exclude, `around` includes its seq. */
      before: Type.Optional(Seq),
      after: Type.Optional(Seq),
      around: Type.Optional(Seq),
      /** The replies to this message instead of the room’s timeline, which leaves out replies that are not shown in the room. */
      thread: Type.Optional(MessageIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.messagesPerPage })),
    }),
    result: TimelinePage,
    summary: 'A page of a room’s timeline: the latest, before or after a seq, or around one.',
  },
} as const;

/** `by` and `at` of the event are the author and the time. After a delete, earlier events of the message hold no text. */
export const messageEvents = {
  'message.posted': {
    data: Shape({
      id: MessageIdSchema,
      clientId: ClientIdSchema,
      text: Type.String(),
      ...context,
      ...namedInMessage,
      ...calledInMessage,
      poll: Type.Optional(PollTerms),
      files: Type.Optional(Files),
    }),
  },
  'message.edited': { data: Shape({ id: MessageIdSchema, text: Type.String(), ...namedInMessage }) },
  /** `postedSeq` is where it was posted; `inThread` when it did not count in its room ([L12]). */
  'message.deleted': {
    data: Shape({ id: MessageIdSchema, postedSeq: Seq, inThread: Type.Optional(Type.Literal(true)) }),
  },
} as const;
