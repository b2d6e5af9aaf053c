import { Settings, ShieldHalf, UserPlus, Users } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { MenuEntry, MenuProps } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import { looksAfter, moderates, useCurrentSpace } from './current-space.tsx';

/** What is about the whole space, and the way to another one. */
export default function SpaceChoices({ trigger, waiting }: { trigger: MenuProps['trigger']; waiting: number }) {
  const { space, spaces, choose } = useCurrentSpace();
  const { go } = useNavigation();
  const dialogs = useDialogs();
  if (space === null) return null;
  const settings = () => go({ page: 'space' });
  const entries: MenuEntry[] = [];
  if (looksAfter(space.role)) {
    entries.push({
      kind: 'action',
      label: t('Invite people'),
      icon: <UserPlus size={16} aria-hidden />,
      onSelect: () => dialogs.open({ kind: 'invite', space: space.id }),
    });
    entries.push({
      kind: 'action',
      label: t('Space settings'),
      icon: <Settings size={16} aria-hidden />,
      onSelect: settings,
    });
  }
  if (moderates(space.role)) {
    entries.push({
      kind: 'action',
      label: waiting === 0 ? t('Moderation') : t('Moderation ({count, number})', { count: waiting }),
      icon: <ShieldHalf size={16} aria-hidden />,
      onSelect: () => go({ page: 'moderation' }),
    });
  }
  if (space.role !== 'guest') {
    entries.push({ kind: 'action', label: t('Members'), icon: <Users size={16} aria-hidden />, onSelect: settings });
  }
  const others: MenuEntry = {
    kind: 'choice',
    label: t('Spaces'),
    value: space.id,
    options: spaces.map(({ id, name, picture }) => ({
      value: id,
      label: name,
      icon: <Avatar id={id} name={name} picture={picture} size="tiny" />,
    })),
    onSelect: (id) => {
      const next = spaces.find((other) => other.id === id);
      if (next === undefined || next.id === space.id) return;
      choose(next);
      go({ page: 'home' });
    },
  };
  return <RadixMenu trigger={trigger} groups={[entries, spaces.length > 1 ? [others] : []]} />;
}
