import { limits } from './limits.ts';
import { PlaceInThread } from './membership.ts';
import { Message } from './messages.ts';
import { Person } from './people.ts';
import { MessageIdSchema, RoomIdSchema, Seq, Shape, Type, UserIdSchema } from './schema.ts';

export const mentionCommands = {
  'mention.list': {
    http: 'GET /mentions',
    params: Shape({
      /** The last message of the page before. */
      before: Type.Optional(MessageIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.messagesPerPage })),
    }),
    /** `people`: the authors. */
    result: Shape({ messages: Type.Array(Message), people: Type.Array(Person), more: Type.Boolean() }),
    summary: 'Messages that mention one, by name, with a group or with everyone in a room, newest first.',
  },
} as const;

/** In the inbox of those whom a message names: that it does, and that it does no more (edited or deleted). */
export const mentionEvents = {
  'inbox.mentioned': {
    data: Shape({
      room: RoomIdSchema,
      message: MessageIdSchema,
      seq: Seq,
      by: UserIdSchema,
      /** Set where the message shows in a thread alone, and is unread until that is read. */
      inThread: Type.Optional(PlaceInThread),
    }),
  },
  'inbox.mention-removed': { data: Shape({ room: RoomIdSchema, message: MessageIdSchema, seq: Seq }) },
} as const;
