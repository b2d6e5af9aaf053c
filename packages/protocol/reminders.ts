import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { Person } from './people.ts';
import { MessageIdSchema, Nothing, Nullable, RoomIdSchema, Shape, type Static, Timestamp, Type } from './schema.ts';

/** A message that one wants to be told of again. There is at most one for each message and person. */
export const Reminder = Shape({
  message: MessageIdSchema,
  room: RoomIdSchema,
  dueAt: Timestamp,
  /** When one was told; `null` while it waits. */
  toldAt: Nullable(Timestamp),
});
export type Reminder = Static<typeof Reminder>;

const message = MessageIdSchema;

export const reminderCommands = {
  'reminder.set': {
    http: 'PUT /messages/:message/reminder',
    params: Shape({ message, dueAt: Timestamp }),
    result: Shape({ reminder: Reminder }),
    summary: `Be told of a message again, at most a year from now. Takes the place of an earlier one for the same message. At most ${limits.remindersPerPerson} may be kept.`,
  },
  'reminder.remove': {
    http: 'DELETE /messages/:message/reminder',
    params: Shape({ message }),
    result: Nothing,
    summary: 'Be told no more, or done with it.',
  },
  'reminder.list': {
    http: 'GET /reminders',
    params: Nothing,
    result: Shape({
      reminders: Type.Array(Shape({ reminder: Reminder, message: Message })),
      people: Type.Array(Person),
    }),
    summary: 'All of one’s reminders of messages that one may see, the next one first.',
  },
} as const;

/** Of one's inbox: set, set anew, or due (`toldAt`); no more. */
export const reminderEvents = {
  'inbox.reminder-changed': { data: Reminder },
  'inbox.reminder-removed': { data: Shape({ message }) },
} as const;
