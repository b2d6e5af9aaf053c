import type { Notice } from '@confab/protocol';
import { formatDateTime, formatTime } from './format-time.ts';
import styles from './notice-row.module.css';
import { knowsNotice, NoticeText } from './notice-text.tsx';

/** A line about the room itself: who came, what it is called now. */
export function NoticeRow({ notice }: { notice: Notice }) {
  if (!knowsNotice(notice)) return null;
  return (
    <p className={styles.notice}>
      <NoticeText notice={notice} />{' '}
      <time className={styles.time} dateTime={new Date(notice.at).toISOString()} title={formatDateTime(notice.at)}>
        {formatTime(notice.at)}
      </time>
    </p>
  );
}
