import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { Plus, X } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { Link, useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { classNames } from '../../ui/class-names.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { DraftMark } from '../drafts/draft-mark.tsx';
import { isMuted } from '../mentions/is-muted.ts';
import list from '../rooms/room-list.module.css';
import { useTitleOf } from '../rooms/use-room-title.ts';
import styles from './direct-list.module.css';
import { listedPlaces } from './listed-places.ts';
import { PlaceIcon } from './place-icon.tsx';
import { useClosePlace } from './use-close-place.ts';

/** One's directs and groups that are not closed, whichever space they began in. Part of the room list. */
export function DirectList() {
  const rooms = useStore(useConfab().rooms.list);
  const titleOf = useTitleOf();
  const dialogs = useDialogs();
  const places = listedPlaces(rooms, titleOf);
  return (
    <>
      <div className={classNames(list.head, styles.head)}>
        <h2 className={list.title}>Direct messages</h2>
        <IconButton
          size="small"
          label="New message"
          icon={<Plus size={18} />}
          onClick={() => dialogs.open({ kind: 'new-message' })}
        />
      </div>
      {places.length === 0 ? (
        <p className={list.empty}>Nobody yet. Start with the plus: one person, several, or notes to yourself.</p>
      ) : (
        <ul className={list.list}>
          {places.map(({ room, title }) => (
            <PlaceLink key={room.info.id} room={room} title={title} />
          ))}
        </ul>
      )}
    </>
  );
}

function PlaceLink({ room, title }: { room: RoomState; title: string }) {
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
        <CountBadge count={unread} unit="unread" quiet={muted} />
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
      label={`Close ${title}`}
      icon={<X size={15} />}
      onClick={() => close(room, here)}
    />
  );
}
