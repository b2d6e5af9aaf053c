import { useConfab, useStore } from '@confab/client/react';
import type { Message, Reminder } from '@confab/protocol';
import { useLoaded } from '../../app/use-loaded.ts';

interface Reminded {
  reminder: Reminder;
  message: Message;
}

/** One's reminders with their messages, the next one first; `null` until those are there. */
export function useReminded(): readonly Reminded[] | null {
  const confab = useConfab();
  const list = useStore(confab.reminders.list);
  const loaded = useLoaded(
    () => (list.length === 0 ? Promise.resolve([]) : confab.reminders.load().then(({ reminders }) => reminders)),
    list.map(({ message }) => message).join(),
  );
  if (loaded.status !== 'ready') return null;
  const now = new Map(list.map((reminder) => [reminder.message, reminder]));
  return loaded.value.flatMap(({ message }) => {
    const reminder = now.get(message.id);
    return reminder ? [{ reminder, message }] : [];
  });
}
