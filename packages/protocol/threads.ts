import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { Person } from './people.ts';
import { MessageIdSchema, RoomIdSchema, Shape, type Static, Type } from './schema.ts';

const message = MessageIdSchema;

/** How one stands to a thread. Unread in it is `replies` − `readIndex`. */
export const ThreadState = Shape({
  root: MessageIdSchema,
  room: RoomIdSchema,
  following: Type.Boolean(),
  /** How many of its replies one has read, counted from the first. */
  readIndex: Type.Integer({ minimum: 0 }),
  replies: Type.Integer({ minimum: 0 }),
});
export type ThreadState = Static<typeof ThreadState>;

/** A thread that one follows: what was replied to, and the newest reply. */
export const FollowedThread = Shape({ state: ThreadState, message: Message, latest: Message });
export type FollowedThread = Static<typeof FollowedThread>;

/** `message` is what the thread hangs on, or any reply to it. */
export const threadCommands = {
  'thread.show': {
    http: 'GET /messages/:message/thread',
    params: Shape({ message }),
    result: ThreadState,
    summary: 'How many replies a thread has, and how one stands to it.',
  },
  'thread.follow': {
    http: 'PUT /messages/:message/thread/follow',
    params: Shape({ message }),
    result: ThreadState,
    summary: `Hear of every reply to a message. One follows by itself what one replies to, and what of one’s own is replied to. At most ${limits.threadFollowers} people follow one thread.`,
  },
  'thread.unfollow': {
    http: 'DELETE /messages/:message/thread/follow',
    params: Shape({ message }),
    result: ThreadState,
    summary: 'Hear no more of replies, until one replies oneself.',
  },
  'thread.mark-read': {
    http: 'POST /messages/:message/thread/read',
    params: Shape({ message, index: Type.Integer({ minimum: 0 }) }),
    result: ThreadState,
    summary: 'Read a followed thread up to its reply number `index`. Never moves back.',
  },
  'thread.list': {
    http: 'GET /threads',
    params: Shape({
      /** The root of the last thread of the page before. */
      after: Type.Optional(MessageIdSchema),
      unreadOnly: Type.Optional(Type.Boolean()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.threadsPerPage })),
    }),
    result: Shape({ threads: Type.Array(FollowedThread), people: Type.Array(Person), more: Type.Boolean() }),
    summary: 'Threads that one follows in one’s rooms and that have replies, those with the newest reply first.',
  },
} as const;

/** In the inbox: a followed thread was replied to, read, followed or left. */
export const threadEvents = {
  'inbox.thread-changed': { data: ThreadState },
} as const;
