import { useConfab, useStore } from '@confab/client/react';
import { Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';

const DueReminder = lazy(() => import('./due-reminder.tsx'));

/** Over everything while a reminder is due; loaded then. */
export function ReminderBar() {
  const reminders = useStore(useConfab().reminders.list);
  const due = reminders.filter(({ toldAt }) => toldAt !== null);
  const [first] = due;
  return (
    <div role="status">
      {first ? (
        <Suspense fallback={null}>
          <DueReminder key={first.message} reminder={first} others={due.length - 1} />
        </Suspense>
      ) : null}
    </div>
  );
}
