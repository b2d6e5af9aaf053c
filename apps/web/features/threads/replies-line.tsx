import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { formatBrief } from '../messages/format-time.ts';
import { useOpenThread } from '../messages/message-route.ts';
import styles from './replies-line.module.css';

/** Under a message that was replied to: who did, how often, and when last. Leads to the thread. */
export function RepliesLine({ message }: { message: Message }) {
  const openThread = useOpenThread();
  const unread = useStore(useConfab().threads.unread).some(({ root }) => root === message.id);
  if (message.replies === undefined) return null;
  const { count, lastAt, people } = message.replies;
  return (
    <button
      type="button"
      className={classNames(styles.line, unread && styles.unread)}
      onClick={() => openThread(message, message.id)}
    >
      <span className={styles.faces} aria-hidden>
        {people.map((user) => (
          <PersonAvatar key={user} user={user} size="tiny" />
        ))}
      </span>
      <span className={styles.count}>{repliesWords(count)}</span>
      {unread ? <span className={styles.new}>{t('New')}</span> : null}
      <span className={styles.last}>{t('Last {time}', { time: formatBrief(lastAt, Date.now()) })}</span>
    </button>
  );
}

export function repliesWords(count: number): string {
  return t('{count, plural, one {# reply} other {# replies}}', { count });
}
