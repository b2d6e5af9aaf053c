import type { RoomState } from '@confab/client';
import { X } from 'lucide-react';
import { Link, useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { DraftMark } from '../drafts/draft-mark.tsx';
import { isMuted } from '../mentions/is-muted.ts';
import list from '../rooms/room-list.module.css';
import { useRoomTitle } from '../rooms/use-room-title.ts';
import { PlaceIcon } from './place-icon.tsx';
import styles from './place-link.module.css';
import { useClosePlace } from './use-close-place.ts';

/** A direct or group in the room list. */
export function PlaceLink({ room }: { room: RoomState }) {
  const title = useRoomTitle(room.info);
  const { route } = useNavigation();
  const { info, unread } = room;
  const muted = isMuted(room, Date.now());
  const here = route.page === 'room' && route.room === info.id;
  return (
    <li className={styles.place}>
      <Link
        to={roomRoute(info.id)}
        className={classNames(list.room, unread > 0 && !muted && list.unread, muted && list.archived)}
        aria-current={here ? 'page' : undefined}
        title={title.length > 24 ? title : undefined}
      >
        <span className={list.icon}>
          <PlaceIcon info={info} />
        </span>
        <span className={list.name}>
          <bdi>{title}</bdi>
        </span>
        <DraftMark room={info.id} here={here} />
        <CountBadge
          count={unread}
          spoken={t('{count, plural, one {# unread} other {# unread}}', { count: unread })}
          quiet={muted}
        />
      </Link>
      <CloseButton room={room} title={title} here={here} />
    </li>
  );
}

/** For those who point; everybody else finds it in the conversation's menu. */
function CloseButton({ room, title, here }: { room: RoomState; title: string; here: boolean }) {
  const close = useClosePlace();
  return (
    <IconButton
      className={styles.close}
      size="small"
      label={t('Close {title}', { title })}
      icon={<X size={15} />}
      onClick={() => close(room, here)}
    />
  );
}
