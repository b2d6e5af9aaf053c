import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { Files, Info, Link2, LogOut, Pin, Settings, Star, UserPlus } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute, roomRoute } from '../../app/route.ts';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuProps } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import type { RoomRoute } from './room-page.tsx';

interface RoomMenuProps {
  trigger: MenuProps['trigger'];
  room: RoomState;
  route: RoomRoute;
  onSettings: () => void;
  onDetails: () => void;
}

/** What one can do with a room. */
export default function RoomMenu({ trigger, room, route, onSettings, onDetails }: RoomMenuProps) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { go } = useNavigation();
  const { id, name, visibility, archivedAt } = room.info;
  const link = location.origin + formatRoute(roomRoute(id));
  const addPeople = {
    kind: 'action',
    label: t('Add people'),
    icon: <UserPlus size={16} aria-hidden />,
    onSelect: () => dialogs.open({ kind: 'add-people', room: id }),
  } as const;
  return (
    <RadixMenu
      align="end"
      trigger={trigger}
      groups={[
        [
          ...(archivedAt === null ? [addPeople] : []),
          { kind: 'action', label: t('Details'), icon: <Info size={16} aria-hidden />, onSelect: onDetails },
          {
            kind: 'action',
            label: t('Pinned messages'),
            icon: <Pin size={16} aria-hidden />,
            onSelect: () => go({ ...route, panel: 'pins' }),
          },
          {
            kind: 'action',
            label: t('Files'),
            icon: <Files size={16} aria-hidden />,
            onSelect: () => go({ ...route, panel: 'files' }),
          },
          {
            kind: 'action',
            label: t('Place in your list'),
            icon: <Star size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'arrange-room', room: id }),
          },
          { kind: 'action', label: t('Room settings'), icon: <Settings size={16} aria-hidden />, onSelect: onSettings },
          {
            kind: 'action',
            label: t('Copy link to room'),
            icon: <Link2 size={16} aria-hidden />,
            onSelect: () => toasts.attempt(navigator.clipboard.writeText(link), t('The link was copied.')),
          },
        ],
        [
          {
            kind: 'action',
            label: t('Leave room'),
            icon: <LogOut size={16} aria-hidden data-mirrored />,
            danger: true,
            onSelect: () =>
              dialogs.open({
                kind: 'confirm',
                title: t('Leave {name}?', { name }),
                text:
                  visibility === 'private'
                    ? t('This room is private: someone in it has to add you again before you can come back.')
                    : t('You can join again whenever you like.'),
                action: t('Leave'),
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
