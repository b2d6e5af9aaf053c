import { othersIn, type RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import type { RoomInfo, UserId } from '@confab/protocol';
import { Ellipsis, Info, Link2, LogOut, Pin, Search, Settings, Star, UserPlus, Users } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute, roomRoute, searchRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { PersonButton } from '../directs/person-button.tsx';
import { PlaceMenu } from '../directs/place-menu.tsx';
import { NotificationMenu } from '../mentions/notification-menu.tsx';
import { PresenceWords } from '../presence/presence-words.tsx';
import { keyName } from '../shortcuts/key-name.ts';
import { StatusLine } from '../status/status-line.tsx';
import { RoomIcon } from './room-icon.tsx';
import styles from './room-page.module.css';
import type { RoomRoute } from './room-page.tsx';
import { useRoomTitle } from './use-room-title.ts';

export function RoomHeader({ room, route }: { room: RoomState; route: RoomRoute }) {
  const dialogs = useDialogs();
  const { go } = useNavigation();
  const { info, memberCount } = room;
  const settings = () => dialogs.open({ kind: 'room-settings', room: info.id });
  const details = () => go({ ...route, panel: route.panel === 'details' ? null : 'details' });
  const open = route.panel === 'members';
  const searching = typeof route.panel === 'object' && route.panel !== null && 'search' in route.panel;
  return (
    <header className={styles.header}>
      <BackButton />
      <div className={styles.about}>
        <h1 className={styles.title}>
          <RoomIcon room={info} size={18} />
          <RoomTitle info={info} />
        </h1>
        {info.kind === 'direct' ? (
          <PartnerState info={info} />
        ) : info.archivedAt === null ? (
          <button type="button" className={styles.topic} dir="auto" title={info.topic || undefined} onClick={details}>
            {info.topic || 'Add a topic'}
          </button>
        ) : null}
      </div>
      {info.kind === 'direct' ? null : (
        <button
          type="button"
          className={styles.members}
          aria-pressed={open}
          aria-label={`Members, ${memberCount}`}
          onClick={() => go({ ...route, panel: open ? null : 'members' })}
        >
          <Users size={18} aria-hidden />
          {memberCount}
        </button>
      )}
      <IconButton
        label="Search messages"
        shortcut={`${keyName('Ctrl')} ${keyName('Shift')} F`}
        icon={<Search size={18} />}
        className={styles.search}
        aria-pressed={searching}
        onClick={() => go(searching ? { ...route, panel: null } : searchRoute(route))}
      />
      <NotificationMenu room={room} />
      {info.space === null ? (
        <PlaceMenu
          room={room}
          onSettings={settings}
          onDetails={details}
          onPins={() => go({ ...route, panel: 'pins' })}
        />
      ) : (
        <RoomMenu room={room} route={route} onSettings={settings} onDetails={details} />
      )}
    </header>
  );
}

function RoomTitle({ info }: { info: RoomInfo }) {
  const title = useRoomTitle(info);
  const partner = usePartner(info);
  const name = <bdi>{title}</bdi>;
  return (
    <span className={styles.name} title={title}>
      {partner === null ? name : <PersonButton user={partner}>{name}</PersonButton>}
    </span>
  );
}

/** Beside the title of a direct: whether the other person is there. */
function PartnerState({ info }: { info: RoomInfo }) {
  const partner = usePartner(info);
  return (
    <span className={styles.state}>
      {partner === null ? (
        'Only you see this'
      ) : (
        <>
          <PresenceWords user={partner} /> <StatusLine user={partner} />
        </>
      )}
    </span>
  );
}

/** The other person of a direct; `null` for all else. */
function usePartner(info: RoomInfo): UserId | null {
  const { me } = useSignedIn();
  return info.kind === 'direct' ? (othersIn(info, me.id)[0] ?? null) : null;
}

interface RoomMenuProps {
  room: RoomState;
  route: RoomRoute;
  onSettings: () => void;
  onDetails: () => void;
}

function RoomMenu({ room, route, onSettings, onDetails }: RoomMenuProps) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { go } = useNavigation();
  const { id, name, visibility, archivedAt } = room.info;
  const link = location.origin + formatRoute(roomRoute(id));
  const addPeople = {
    kind: 'action',
    label: 'Add people',
    icon: <UserPlus size={16} aria-hidden />,
    onSelect: () => dialogs.open({ kind: 'add-people', room: id }),
  } as const;
  return (
    <Menu
      align="end"
      trigger={<IconButton label="Room menu" icon={<Ellipsis size={18} />} />}
      groups={[
        [
          ...(archivedAt === null ? [addPeople] : []),
          { kind: 'action', label: 'Details', icon: <Info size={16} aria-hidden />, onSelect: onDetails },
          {
            kind: 'action',
            label: 'Pinned messages',
            icon: <Pin size={16} aria-hidden />,
            onSelect: () => go({ ...route, panel: 'pins' }),
          },
          {
            kind: 'action',
            label: 'Place in your list',
            icon: <Star size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'arrange-room', room: id }),
          },
          { kind: 'action', label: 'Room settings', icon: <Settings size={16} aria-hidden />, onSelect: onSettings },
          {
            kind: 'action',
            label: 'Copy link to room',
            icon: <Link2 size={16} aria-hidden />,
            onSelect: () => toasts.attempt(navigator.clipboard.writeText(link), 'The link was copied.'),
          },
        ],
        [
          {
            kind: 'action',
            label: 'Leave room',
            icon: <LogOut size={16} aria-hidden />,
            danger: true,
            onSelect: () =>
              dialogs.open({
                kind: 'confirm',
                title: `Leave ${name}?`,
                text:
                  visibility === 'private'
                    ? 'This room is private: someone in it has to add you again before you can come back.'
                    : 'You can join again whenever you like.',
                action: 'Leave',
                run: async () => {
                  await confab.rooms.leave(id);
                  go({ page: 'home' });
                },
              }),
          },
        ],
      ]}
    />
  );
}
