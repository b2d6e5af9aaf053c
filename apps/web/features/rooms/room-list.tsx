import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { BellOff, ChevronRight, Compass, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { Link, useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { classNames } from '../../ui/class-names.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { DraftMark } from '../drafts/draft-mark.tsx';
import { isMuted } from '../mentions/is-muted.ts';
import { MentionBadge } from '../mentions/mention-badge.tsx';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import { NextUnread } from './next-unread.tsx';
import { RoomIcon } from './room-icon.tsx';
import styles from './room-list.module.css';

/** The rooms of a space that one is in, in sections, and what stands below them. Sorted by name, so that nothing moves while one points at it. */
export function RoomList({ children }: { children?: ReactNode }) {
  const all = useStore(useConfab().rooms.list);
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  const { go } = useNavigation();
  const [showArchived, setShowArchived] = useState(false);
  if (space === null) return children;
  const rooms = all.filter(({ info }) => info.space === space.id);
  const open = rooms.filter(({ info }) => info.archivedAt === null);
  const archived = rooms.filter(({ info }) => info.archivedAt !== null);
  const guest = space.role === 'guest';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move between the links inside
    <div onKeyDown={moveFocus}>
      <div className={styles.head}>
        <h2 className={styles.title}>Rooms</h2>
        <NextUnread />
        {guest ? null : (
          <>
            <IconButton
              size="small"
              label="Browse rooms"
              icon={<Compass size={17} />}
              onClick={() => go({ page: 'browse' })}
            />
            <IconButton
              size="small"
              label="Create a room"
              icon={<Plus size={18} />}
              onClick={() => dialogs.open({ kind: 'create-room', space: space.id })}
            />
          </>
        )}
      </div>
      {open.length === 0 ? (
        <p className={styles.empty}>
          {guest
            ? 'No rooms yet. They show here once someone adds you to one.'
            : 'No rooms yet. Make the first with the plus, or look with the compass for one to join.'}
        </p>
      ) : null}
      <Rooms rooms={open.filter(({ info }) => info.visibility === 'public')} />
      <Rooms rooms={open.filter(({ info }) => info.visibility === 'private')} title="Private" />
      {archived.length === 0 ? null : (
        <>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={showArchived}
            onClick={() => setShowArchived(!showArchived)}
          >
            <ChevronRight className={styles.chevron} size={14} aria-hidden />
            Archived
          </button>
          {showArchived ? <Rooms rooms={archived} /> : null}
        </>
      )}
      {children}
    </div>
  );
}

function Rooms({ rooms, title }: { rooms: readonly RoomState[]; title?: string }) {
  if (rooms.length === 0) return null;
  return (
    <>
      {title === undefined ? null : <h3 className={styles.subtitle}>{title}</h3>}
      <ul className={styles.list}>
        {rooms.map((room) => (
          <RoomLink key={room.info.id} room={room} />
        ))}
      </ul>
    </>
  );
}

function RoomLink({ room }: { room: RoomState }) {
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
        {archived || muted ? null : <CountBadge count={unread} unit="unread" quiet />}
        {muted ? <BellOff className={styles.mutedSign} size={14} role="img" aria-label="Muted" /> : null}
      </Link>
    </li>
  );
}

const steps = new Map<string, (index: number, count: number) => number>([
  ['ArrowDown', (index, count) => (index + 1) % count],
  ['ArrowUp', (index, count) => (index - 1 + count) % count],
  ['Home', () => 0],
  ['End', (_, count) => count - 1],
]);

/** Arrow keys go from room to room; Tab leaves the list with its next stop. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = steps.get(event.key);
  if (step === undefined || event.altKey || !(event.target instanceof HTMLAnchorElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('li > a')];
  event.preventDefault();
  links[step(links.indexOf(event.target), links.length)]?.focus();
}
