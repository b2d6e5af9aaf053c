import { othersIn, type RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { Files, Info, LogOut, Pin, Settings, Star, User, UserPlus, X } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuEntry, MenuProps } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { useClosePlace } from './use-close-place.ts';

interface PlaceMenuProps {
  trigger: MenuProps['trigger'];
  room: RoomState;
  onSettings: () => void;
  onDetails: () => void;
  onPanel: (panel: 'pins' | 'files') => void;
}

/** What one can do with a direct or group. */
export default function PlaceMenu({ trigger, room, onSettings, onDetails, onPanel }: PlaceMenuProps) {
  const dialogs = useDialogs();
  const { me } = useSignedIn();
  const close = useClosePlace();
  const leave = useLeaving(room);
  const { id, kind } = room.info;
  const [partner] = othersIn(room.info, me.id);
  const about: MenuEntry[] = [];
  if (kind === 'direct' && partner !== undefined) {
    about.push({
      kind: 'action',
      label: t('Profile'),
      icon: <User size={16} aria-hidden />,
      onSelect: () => dialogs.open({ kind: 'person', user: partner }),
    });
  }
  if (partner !== undefined || kind === 'group') {
    about.push({
      kind: 'action',
      label: t('Add people'),
      icon: <UserPlus size={16} aria-hidden />,
      onSelect: () => dialogs.open({ kind: 'add-people', room: id }),
    });
  }
  if (kind === 'group') {
    about.push({ kind: 'action', label: t('Details'), icon: <Info size={16} aria-hidden />, onSelect: onDetails });
  }
  about.push({
    kind: 'action',
    label: t('Pinned messages'),
    icon: <Pin size={16} aria-hidden />,
    onSelect: () => onPanel('pins'),
  });
  about.push({
    kind: 'action',
    label: t('Files'),
    icon: <Files size={16} aria-hidden />,
    onSelect: () => onPanel('files'),
  });
  about.push({
    kind: 'action',
    label: t('Place in your list'),
    icon: <Star size={16} aria-hidden />,
    onSelect: () => dialogs.open({ kind: 'arrange-room', room: id }),
  });
  if (kind === 'group') {
    about.push({
      kind: 'action',
      label: t('Group settings'),
      icon: <Settings size={16} aria-hidden />,
      onSelect: onSettings,
    });
  }
  const away: MenuEntry[] = [
    { kind: 'action', label: t('Close'), icon: <X size={16} aria-hidden />, onSelect: () => close(room, true) },
  ];
  if (kind === 'group') {
    away.push({
      kind: 'action',
      label: t('Leave group'),
      icon: <LogOut size={16} aria-hidden data-mirrored />,
      danger: true,
      onSelect: leave,
    });
  }
  return <RadixMenu align="end" trigger={trigger} groups={[about, away]} />;
}

function useLeaving({ info }: RoomState): () => void {
  const confab = useConfab();
  const dialogs = useDialogs();
  const { go } = useNavigation();
  return () =>
    dialogs.open({
      kind: 'confirm',
      title: t('Leave this group?'),
      text: t('You can no longer read it. Someone in it has to add you again before you can come back.'),
      action: t('Leave'),
      run: async () => {
        await confab.rooms.leave(info.id);
        go({ page: 'home' });
      },
    });
}
