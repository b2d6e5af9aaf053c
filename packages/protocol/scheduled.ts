import { type ErrorCode, errors } from './error-codes.ts';
import { Files } from './file.ts';
import { limits } from './limits.ts';
import { OwnFiles } from './messages.ts';
import {
  ClientIdSchema,
  FileIdSchema,
  MessageIdSchema,
  Nothing,
  RoomIdSchema,
  ScheduledIdSchema,
  Shape,
  type Static,
  Timestamp,
  Type,
} from './schema.ts';

/** A longer text is refused with `text-too-long`. */
const Text = Type.String({ maxLength: limits.messageChars * 8 });

/** A message that is posted later, in its author's name. */
export const ScheduledMessage = Shape({
  id: ScheduledIdSchema,
  room: RoomIdSchema,
  /** It will be a reply in the thread of this message. */
  thread: Type.Optional(MessageIdSchema),
  /** That the message will have. */
  clientId: ClientIdSchema,
  text: Type.String(),
  /** In the order in which the message will have them. */
  files: Type.Optional(Files),
  dueAt: Timestamp,
  createdAt: Timestamp,
  /** The code of the error for which it was not posted when it was due; it waits for another time, or to be cancelled. */
  failed: Type.Optional(Type.Unsafe<ErrorCode>(Type.String({ enum: Object.keys(errors) }))),
});
export type ScheduledMessage = Static<typeof ScheduledMessage>;

const scheduled = ScheduledIdSchema;
const one = Shape({ scheduled: ScheduledMessage });

export const scheduledCommands = {
  'scheduled.create': {
    http: 'POST /rooms/:room/scheduled',
    params: Shape({
      room: RoomIdSchema,
      thread: Type.Optional(MessageIdSchema),
      clientId: ClientIdSchema,
      text: Text,
      files: Type.Optional(OwnFiles),
      dueAt: Timestamp,
    }),
    result: one,
    summary: `Have a message posted later, at most a year from now. The same clientId in the same room again gives the same answer. With files the text may be empty. At most ${limits.scheduledPerPerson} may wait.`,
  },
  'scheduled.list': {
    http: 'GET /scheduled',
    params: Nothing,
    result: Shape({ scheduled: Type.Array(ScheduledMessage) }),
    summary: 'All of one’s messages that wait to be posted, the next one first.',
  },
  'scheduled.update': {
    http: 'PATCH /scheduled/:scheduled',
    /** `files`: all that it has from now on, in their order. Those that it had and that are not named are deleted. */
    params: Shape({
      scheduled,
      text: Type.Optional(Text),
      files: Type.Optional(Type.Array(FileIdSchema, { maxItems: limits.filesPerMessage, uniqueItems: true })),
      dueAt: Type.Optional(Timestamp),
    }),
    result: one,
    summary:
      'Change the text, the files or the time of a message that waits. One that failed waits again with a new time.',
  },
  'scheduled.cancel': {
    http: 'DELETE /scheduled/:scheduled',
    params: Shape({ scheduled }),
    result: Nothing,
    summary: 'Do not post it. Its text is wiped, its files are deleted.',
  },
  'scheduled.send-now': {
    http: 'POST /scheduled/:scheduled/send',
    params: Shape({ scheduled }),
    result: Nothing,
    summary: 'Have it posted at once. What becomes of it is told in one’s inbox.',
  },
} as const;

/** Of one's inbox. Once it was posted or cancelled, what was told of it before holds no text and no files. */
export const scheduledEvents = {
  'inbox.scheduled-set': { data: ScheduledMessage },
  /** `message`: what it became; absent when it was cancelled. */
  'inbox.scheduled-removed': { data: Shape({ id: ScheduledIdSchema, message: Type.Optional(MessageIdSchema) }) },
} as const;
