import { formatDateTime, formatTime } from './format-time.ts';
import { type NoticeGroup, noticeLine } from './notice-groups.ts';
import { NoticePeople } from './notice-people.tsx';
import styles from './notice-row.module.css';
import { knowsNotice, NoticeText } from './notice-text.tsx';

/** A line about the room itself: who came, what it is called now. */
export function NoticeRow({ notices }: { notices: NoticeGroup }) {
  const line = noticeLine(notices);
  if (line.kind === 'event' && !knowsNotice(line.notice)) return null;
  const at = line.kind === 'event' ? line.notice.at : line.at;
  return (
    <p className={styles.notice}>
      {line.kind === 'event' ? <NoticeText notice={line.notice} /> : <NoticePeople line={line} />}{' '}
      <time className={styles.time} dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
        {formatTime(at)}
      </time>
    </p>
  );
}
