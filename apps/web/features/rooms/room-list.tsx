import { useConfab, useStore } from '@confab/client/react';
import { Compass, Plus } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, type MouseEvent, useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { parseRoute } from '../../app/route.ts';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PlaceLink } from '../directs/place-link.tsx';
import type { RoomGroup } from '../sections/arranged-rooms.ts';
import { GroupHead } from '../sections/group-head.tsx';
import { ListOptions } from '../sections/list-options.tsx';
import { useArrangedRooms } from '../sections/use-arranged-rooms.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import { NextUnread } from './next-unread.tsx';
import { RoomLink } from './room-link.tsx';
import styles from './room-list.module.css';

/** Where one talks: favourites, one's own sections, then the rooms of the space and one's directs by kind. */
export function RoomList() {
  const { groups, pointing } = useArrangedRooms();
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  const dropping = useDropping();
  const { roomsShown } = useStore(useConfab().settings.state);
  const guest = space?.role === 'guest';
  const hasChannels = groups.some(({ key, size }) => key !== 'directs' && key !== 'archived' && size > 0);
  const onContextMenu = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('li > a') : null;
    const route = link === null ? null : parseRoute(link.pathname, '');
    if (route?.page !== 'room') return;
    event.preventDefault();
    dialogs.open({ kind: 'arrange-room', room: route.room });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move between the links inside
    <div {...pointing} {...dropping.target} onKeyDown={moveFocus} onContextMenu={onContextMenu}>
      {space === null ? null : <ListHead guest={guest} />}
      {space === null || hasChannels ? null : (
        <p className={styles.empty}>
          {guest
            ? t('No rooms yet. They show here once someone adds you to one.')
            : t('No rooms yet. Make the first with the plus, or look with the compass for one to join.')}
        </p>
      )}
      {groups.map((group, index) => (
        <Group
          key={group.key}
          group={group}
          named={group.key !== 'public' || index > 0}
          over={dropping.over === group.key}
        />
      ))}
      {roomsShown === 'all' || groups.some(({ rooms }) => rooms.length > 0) ? null : (
        <p className={styles.empty}>{t('Everything is read. The list options show all rooms again.')}</p>
      )}
    </div>
  );
}

function ListHead({ guest }: { guest: boolean }) {
  const dialogs = useDialogs();
  const { space } = useCurrentSpace();
  const { go } = useNavigation();
  if (space === null) return null;
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{t('Rooms')}</h2>
      <NextUnread />
      <ListOptions space={space.id} />
      {guest ? null : (
        <>
          <IconButton
            size="small"
            label={t('Browse rooms')}
            icon={<Compass size={17} />}
            onClick={() => go({ page: 'browse' })}
          />
          <IconButton
            size="small"
            label={t('Create a room')}
            icon={<Plus size={18} />}
            onClick={() => dialogs.open({ kind: 'create-room', space: space.id })}
          />
        </>
      )}
    </div>
  );
}

function Group({ group, named, over }: { group: RoomGroup; named: boolean; over: boolean }) {
  const { key, rooms, folded, size, section } = group;
  return (
    <section className={styles.group} data-group={key} data-over={over || undefined}>
      {named ? <GroupHead group={group} actions={key === 'directs' ? <NewMessage /> : null} /> : null}
      {section !== undefined && size === 0 && !folded ? (
        <p className={styles.empty}>{t('Drag rooms here, or choose this section in a room’s menu.')}</p>
      ) : null}
      {key === 'directs' && size === 0 ? <NoDirects /> : null}
      {rooms.length === 0 ? null : (
        <ul className={styles.list}>
          {rooms.map((room) =>
            room.info.space === null ? (
              <PlaceLink key={room.info.id} room={room} />
            ) : (
              <RoomLink key={room.info.id} room={room} />
            ),
          )}
        </ul>
      )}
    </section>
  );
}

function NoDirects() {
  const rooms = useStore(useConfab().rooms.list);
  // They may stand in sections.
  if (rooms.some(({ info, closed }) => info.space === null && !closed)) return null;
  return (
    <p className={styles.empty}>{t('Nobody yet. Start with the plus: one person, several, or notes to yourself.')}</p>
  );
}

function NewMessage() {
  const dialogs = useDialogs();
  return (
    <IconButton
      size="small"
      label={t('New message')}
      icon={<Plus size={18} />}
      onClick={() => dialogs.open({ kind: 'new-message' })}
    />
  );
}

const droppable = 'text/uri-list';

/** A room is dragged by its link, as browsers do by themselves, and dropped on a group. */
function useDropping() {
  const confab = useConfab();
  const toasts = useToasts();
  const [over, setOver] = useState<string | null>(null);
  const groupOf = ({ target }: DragEvent) =>
    (target instanceof Element ? target.closest<HTMLElement>('[data-group]')?.dataset.group : undefined) ?? null;
  const target = {
    onDragOver(event: DragEvent) {
      const group = event.dataTransfer.types.includes(droppable) ? groupOf(event) : null;
      if (group !== null) event.preventDefault();
      setOver(group);
    },
    onDragLeave: (event: DragEvent) => (event.target === event.currentTarget ? setOver(null) : undefined),
    onDrop(event: DragEvent) {
      const group = groupOf(event);
      setOver(null);
      if (group === null || group === 'archived') return;
      event.preventDefault();
      const address = event.dataTransfer.getData(droppable);
      toasts.attempt(import('../sections/drop-room.ts').then(({ dropRoom }) => dropRoom(confab, address, group)));
    },
  };
  return { over, target };
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
