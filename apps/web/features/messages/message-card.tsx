import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import type { ReactNode } from 'react';
import { Link } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { formatBrief } from './format-time.ts';
import styles from './message-card.module.css';
import { messageLine } from './one-line.ts';

interface MessageCardProps {
  message: Message;
  className?: string | undefined;
  /** Stands beside the place. */
  mark?: ReactNode;
  /** Beneath the words; leads to the message as they do. */
  children?: ReactNode;
  /** Beside all that. */
  actions?: ReactNode;
}

/** A message in a list of messages from anywhere: leads to its place. */
export function MessageCard({ message, className, mark, children, actions }: MessageCardProps) {
  const room = useStore(useConfab().rooms.room(message.room));
  const titleOf = useTitleOf();
  return (
    <li className={classNames(styles.card, className)}>
      <Link to={{ page: 'message', room: message.room, message: message.id }} className={styles.message}>
        <PersonAvatar user={message.author} size="small" />
        <span className={styles.body}>
          <span className={styles.head}>
            <span className={styles.author}>
              <PersonName user={message.author} />
            </span>
            <bdi className={styles.place}>{room === undefined ? t('A room you are not in') : titleOf(room.info)}</bdi>
            {mark}
            <time className={styles.time}>{formatBrief(message.postedAt, Date.now())}</time>
          </span>
          <span className={styles.words} dir="auto">
            {messageLine(message)}
          </span>
          {children}
        </span>
      </Link>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </li>
  );
}

export function MessageCards({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}
