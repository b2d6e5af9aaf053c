import { othersIn, type RoomState } from '@confab/client';
import { MessagesSquare, NotebookPen, Users } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { Markdown } from '../messages/markdown/markdown.tsx';
import styles from '../messages/welcome.module.css';
import { useRoomTitle } from '../rooms/use-room-title.ts';

/** Stands above the very first message of a direct or group: who sees what is written here. */
export function PlaceWelcome({ room }: { room: RoomState }) {
  const { me } = useSignedIn();
  const { info } = room;
  const title = useRoomTitle(info);
  const alone = othersIn(info, me.id).length === 0;
  const Icon = info.kind === 'group' ? Users : alone ? NotebookPen : MessagesSquare;
  return (
    <div className={styles.welcome}>
      {info.picture ? (
        <span className={styles.pictured}>
          <Avatar id={info.id} name={title} picture={info.picture} size="large" />
        </span>
      ) : (
        <span className={styles.icon} aria-hidden>
          <Icon size={24} />
        </span>
      )}
      <h2 className={styles.title}>
        <bdi>{title}</bdi>
      </h2>
      <p className={styles.words} dir="auto">
        {info.topic || wordsFor(info.kind === 'group', alone)}
      </p>
      {info.description === undefined ? null : <Markdown text={info.description} />}
    </div>
  );
}

function wordsFor(group: boolean, alone: boolean): string {
  if (group) return t('This is the beginning of this group. Only the people in it can see what is written here.');
  if (alone) return t('Only you can see what is written here. A place for drafts, links and lists.');
  return t('This is the beginning. Only the two of you can see what is written here.');
}
