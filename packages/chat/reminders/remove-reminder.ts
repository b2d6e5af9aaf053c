import type { MessageId, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { cancelJob } from '../jobs/index.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import type { Transaction } from '../transaction.ts';
import { deleteReminder } from './reminder-store.ts';
import { reminderSubject } from './reminder-subject.ts';

/** Forgets one and tells the person's devices. Nothing happens when there is none. */
export function* dropReminder(tx: Transaction, user: UserId, message: MessageId): Step<void> {
  yield* cancelJob('reminder', reminderSubject(user, message));
  if (!(yield* deleteReminder(user, message))) return;
  yield* append(tx, { log: inboxLog(user), name: 'inbox.reminder-removed', by: user, data: { message } });
}

export const removeReminder = operation({
  name: 'reminder.remove',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { message }) {
    yield* dropReminder(tx, actor.user, message);
    return {};
  },
});
