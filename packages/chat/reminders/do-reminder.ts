import type { MessageId, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { JobHandler } from '../jobs/index.ts';
import { append } from '../log.ts';
import { putReminder, reminderOn, remindersOf } from './reminder-store.ts';
import { dropReminder } from './remove-reminder.ts';

/** Tells somebody of a message again. Of one that was deleted, or that they may not see any more, there is nothing to tell. */
export const doReminder: JobHandler<{ readonly user: UserId; readonly message: MessageId }> = {
  *run(tx, { data: { user, message } }) {
    const reminder = yield* reminderOn(user, message);
    if (!reminder) return;
    if (!(yield* remindersOf(user)).some((each) => each.message === message)) {
      yield* dropReminder(tx, user, message);
      return;
    }
    const told = { ...reminder, toldAt: tx.now };
    yield* putReminder(user, told);
    yield* append(tx, { log: inboxLog(user), name: 'inbox.reminder-changed', by: null, data: told });
    yield* tx.happened<'reminder-due'>({ kind: 'reminder-due', user, message });
  },
};
