import type { RoomInfo } from '@confab/protocol';
import { Archive, Hash, Lock } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PlaceIcon } from '../directs/place-icon.tsx';
import styles from './room-icon.module.css';

/** What kind of room it is, at a glance. */
export function RoomIcon({ room, size = 16 }: { room: RoomInfo; size?: number }) {
  const { id, name, picture, space } = room;
  if (space === null) return <PlaceIcon info={room} />;
  if (picture === undefined) return <KindIcon room={room} size={size} />;
  return (
    <span className={styles.pictured}>
      <Avatar id={id} name={name} picture={picture} size="tiny" />
      {room.archivedAt === null && room.visibility === 'public' ? null : <KindIcon room={room} size={12} />}
    </span>
  );
}

function KindIcon({ room, size }: { room: RoomInfo; size: number }) {
  if (room.archivedAt !== null) return <Archive size={size} aria-label={t('Archived')} />;
  if (room.visibility === 'private') return <Lock size={size} aria-label={t('Private')} />;
  return <Hash size={size} aria-hidden />;
}
