import type { Reminder } from '@confab/protocol';
import { AlarmClock } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './reminders.module.css';

/** When one is, or was, reminded. */
export function DueWords({ reminder: { dueAt, toldAt } }: { reminder: Reminder }) {
  const time = formatDateTime(dueAt);
  return (
    <span className={toldAt === null ? styles.waiting : styles.due}>
      <AlarmClock size={13} aria-hidden />
      {toldAt === null ? t('On {time}', { time }) : t('Due since {time}', { time })}
    </span>
  );
}
