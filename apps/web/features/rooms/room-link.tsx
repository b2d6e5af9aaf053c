import type { RoomState } from '@confab/client';
import { BellOff } from 'lucide-react';
import { Link, useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { DraftMark } from '../drafts/draft-mark.tsx';
import { isMuted } from '../mentions/is-muted.ts';
import { MentionBadge } from '../mentions/mention-badge.tsx';
import { RoomIcon } from './room-icon.tsx';
import styles from './room-list.module.css';

/** A channel in the room list. */
export function RoomLink({ room }: { room: RoomState }) {
  const { route } = useNavigation();
  const { info, unread, mentions } = room;
  const here = route.page === 'room' && route.room === info.id;
  const archived = info.archivedAt !== null;
  const muted = isMuted(room, Date.now());
  return (
    <li>
      <Link
        to={roomRoute(info.id)}
        className={classNames(
          styles.room,
          unread > 0 && !archived && !muted && styles.unread,
          (archived || muted) && styles.archived,
        )}
        aria-current={here ? 'page' : undefined}
        title={info.name.length > 24 ? info.name : undefined}
      >
        <span className={styles.icon}>
          <RoomIcon room={info} />
        </span>
        <span className={styles.name}>
          <bdi>{info.name}</bdi>
        </span>
        {archived ? null : <DraftMark room={info.id} here={here} />}
        {archived ? null : <MentionBadge count={mentions} />}
        {archived || muted ? null : (
          <CountBadge
            count={unread}
            spoken={t('{count, plural, one {# unread} other {# unread}}', { count: unread })}
            quiet
          />
        )}
        {muted ? <BellOff className={styles.mutedSign} size={14} role="img" aria-label={t('Muted')} /> : null}
      </Link>
    </li>
  );
}
