import { t } from '../../language/sentences.ts';
import { formatDay } from './format-time.ts';
import styles from './row-dividers.module.css';

export function DayDivider({ day }: { day: number }) {
  return (
    <div className={styles.day}>
      <time className={styles.dayWords} dateTime={new Date(day).toISOString()}>
        {formatDay(day, Date.now())}
      </time>
    </div>
  );
}

export function UnreadDivider() {
  return (
    <div className={styles.unread}>
      <span className={styles.unreadWords}>{t('New messages')}</span>
    </div>
  );
}
