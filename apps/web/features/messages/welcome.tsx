import type { RoomState } from '@confab/client';
import { Hash, Lock, UserPlus } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { PlaceWelcome } from '../directs/place-welcome.tsx';
import { Markdown } from './markdown/markdown.tsx';
import styles from './welcome.module.css';

/** Stands above the very first message: what this place is for, and the first step. */
export function Welcome({ room }: { room: RoomState }) {
  return room.info.space === null ? <PlaceWelcome room={room} /> : <ChannelWelcome room={room} />;
}

function ChannelWelcome({ room }: { room: RoomState }) {
  const dialogs = useDialogs();
  const { id, name, picture, topic, description, visibility, archivedAt } = room.info;
  const Icon = visibility === 'private' ? Lock : Hash;
  return (
    <div className={styles.welcome}>
      {picture ? (
        <span className={styles.pictured}>
          <Avatar id={id} name={name} picture={picture} size="large" />
        </span>
      ) : (
        <span className={styles.icon} aria-hidden>
          <Icon size={24} />
        </span>
      )}
      <h2 className={styles.title}>{t('This is the beginning of {name}', { name })}</h2>
      <p className={styles.words} dir="auto">
        {topic ||
          (visibility === 'private'
            ? t('Only the people who were added can see what is written here.')
            : t('Everyone in this space can find it, read it and join in.'))}
      </p>
      {description === undefined ? null : <Markdown text={description} />}
      {archivedAt === null ? (
        <Button
          icon={<UserPlus size={16} aria-hidden />}
          className={styles.action}
          onClick={() => dialogs.open({ kind: 'add-people', room: id })}
        >
          {t('Add people')}
        </Button>
      ) : null}
    </div>
  );
}
