import type { Reminder } from '@confab/protocol';
import { AlarmClock } from 'lucide-react';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './reminders.module.css';

/** When one is, or was, reminded. */
export function DueWords({ reminder: { dueAt, toldAt } }: { reminder: Reminder }) {
  return (
    <span className={toldAt === null ? styles.waiting : styles.due}>
      <AlarmClock size={13} aria-hidden />
      {toldAt === null ? 'On' : 'Due since'} {formatDateTime(dueAt)}
    </span>
  );
}
