import type { Reminder } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { checkDueAt } from '../due-time.ts';
import { scheduleJob } from '../jobs/index.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { countReminders, putReminder, reminderOn } from './reminder-store.ts';
import { reminderSubject } from './reminder-subject.ts';

export const setReminder = operation({
  name: 'reminder.set',
  kind: 'write',
  access: { who: 'message', only: 'readers' },
  limit: 'write',
  *run({ actor: { user }, reached, tx }, { message, dueAt }) {
    if (reached.deletedAt !== null) throw new Refusal('message-deleted');
    checkDueAt(dueAt, tx.now);
    const isNew = (yield* reminderOn(user, message)) === undefined;
    if (isNew && (yield* countReminders(user)) >= limits.remindersPerPerson) {
      throw new Refusal('limit-reached', { limit: limits.remindersPerPerson, what: 'reminders' });
    }
    const reminder: Reminder = { message, room: reached.room.id, dueAt, toldAt: null };
    yield* putReminder(user, reminder);
    const subject = reminderSubject(user, message);
    yield* scheduleJob(tx, { kind: 'reminder', subject, dueAt, lane: user, data: { user, message } });
    yield* append(tx, { log: inboxLog(user), name: 'inbox.reminder-changed', by: user, data: reminder });
    return { reminder };
  },
});
