import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { Ellipsis, Link2, LogOut, Settings, UserPlus, Users } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute, roomRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RoomIcon } from './room-icon.tsx';
import styles from './room-page.module.css';
import type { RoomRoute } from './room-page.tsx';

export function RoomHeader({ room, route }: { room: RoomState; route: RoomRoute }) {
  const dialogs = useDialogs();
  const { go } = useNavigation();
  const { info, memberCount } = room;
  const settings = () => dialogs.open({ kind: 'room-settings', room: info.id });
  const open = route.panel === 'members';
  return (
    <header className={styles.header}>
      <BackButton />
      <div className={styles.about}>
        <h1 className={styles.title}>
          <RoomIcon room={info} size={18} />
          <span className={styles.name} title={info.name}>
            <bdi>{info.name}</bdi>
          </span>
        </h1>
        {info.archivedAt === null ? (
          <button type="button" className={styles.topic} dir="auto" title={info.topic || undefined} onClick={settings}>
            {info.topic || 'Add a topic'}
          </button>
        ) : null}
      </div>
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
      <RoomMenu room={room} onSettings={settings} />
    </header>
  );
}

function RoomMenu({ room, onSettings }: { room: RoomState; onSettings: () => void }) {
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
