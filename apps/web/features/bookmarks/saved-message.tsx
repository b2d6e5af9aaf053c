import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import type { ReactNode } from 'react';
import { Link } from '../../app/navigation.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatBrief } from '../messages/format-time.ts';
import { oneLine } from '../messages/one-line.ts';
import { useTitleOf } from '../rooms/use-room-title.ts';
import styles from './saved-page.module.css';

interface SavedMessageProps {
  message: Message;
  /** Beneath the message: what one noted, or when one is reminded. */
  note?: ReactNode;
  actions: ReactNode;
}

/** A message that one keeps: leads to its place. */
export function SavedMessage({ message, note, actions }: SavedMessageProps) {
  const room = useStore(useConfab().rooms.room(message.room));
  const titleOf = useTitleOf();
  return (
    <li className={styles.saved}>
      <Link to={{ page: 'message', room: message.room, message: message.id }} className={styles.message}>
        <PersonAvatar user={message.author} size="small" />
        <span className={styles.said}>
          <span className={styles.head}>
            <span className={styles.author}>
              <PersonName user={message.author} />
            </span>
            <bdi className={styles.room}>{room ? titleOf(room.info) : ''}</bdi>
            <time className={styles.time}>{formatBrief(message.postedAt, Date.now())}</time>
          </span>
          <span className={styles.words} dir="auto">
            {oneLine(message.text)}
          </span>
          {note}
        </span>
      </Link>
      <div className={styles.actions}>{actions}</div>
    </li>
  );
}
