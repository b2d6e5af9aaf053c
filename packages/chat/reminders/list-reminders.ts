import { keptMessages } from '../kept-messages.ts';
import { operation } from '../operation.ts';
import { remindersOf } from './reminder-store.ts';

export const listReminders = operation({
  name: 'reminder.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, tx }) {
    const kept = yield* remindersOf(actor.user);
    const ids = kept.map(({ message }) => message);
    const { messages, people } = yield* keptMessages(tx, actor.user, ids);
    const reminders = kept.flatMap((reminder) => {
      const message = messages.get(reminder.message);
      return message ? [{ reminder, message }] : [];
    });
    return { reminders, people };
  },
});
