import { useConfab, useStore } from '@confab/client/react';
import { ChevronDown, Settings, ShieldHalf, UserPlus, Users } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { ReportsWaiting } from '../moderation/reports-waiting.tsx';
import { looksAfter, moderates, useCurrentSpace } from './current-space.tsx';
import styles from './space-menu.module.css';

/** The space's name at the head of the room list, and what is about the whole space. */
export function SpaceMenu() {
  const { space, spaces, choose } = useCurrentSpace();
  const { go } = useNavigation();
  const dialogs = useDialogs();
  const { reports } = useStore(useConfab().moderation.own);
  if (space === null) return null;
  const settings = () => go({ page: 'space' });
  const entries: MenuEntry[] = [];
  if (looksAfter(space.role)) {
    entries.push({
      kind: 'action',
      label: 'Invite people',
      icon: <UserPlus size={16} aria-hidden />,
      onSelect: () => dialogs.open({ kind: 'invite', space: space.id }),
    });
    entries.push({
      kind: 'action',
      label: 'Space settings',
      icon: <Settings size={16} aria-hidden />,
      onSelect: settings,
    });
  }
  const waiting = reports.find((each) => each.space === space.id)?.open ?? 0;
  if (moderates(space.role)) {
    entries.push({
      kind: 'action',
      label: waiting === 0 ? 'Moderation' : `Moderation (${waiting})`,
      icon: <ShieldHalf size={16} aria-hidden />,
      onSelect: () => go({ page: 'moderation' }),
    });
  }
  if (space.role !== 'guest') {
    entries.push({ kind: 'action', label: 'Members', icon: <Users size={16} aria-hidden />, onSelect: settings });
  }
  const others: MenuEntry = {
    kind: 'choice',
    label: 'Spaces',
    value: space.id,
    options: spaces.map(({ id, name }) => ({ value: id, label: name })),
    onSelect: (id) => {
      const next = spaces.find((other) => other.id === id);
      if (next === undefined || next.id === space.id) return;
      choose(next);
      go({ page: 'home' });
    },
  };
  return (
    <>
      <Menu
        trigger={
          <button type="button" className={styles.trigger} aria-label={`Space menu: ${space.name}`}>
            <span className={styles.name}>
              <bdi>{space.name}</bdi>
            </span>
            <ChevronDown size={16} aria-hidden />
          </button>
        }
        groups={[entries, spaces.length > 1 ? [others] : []]}
      />
      <ReportsWaiting count={waiting} />
    </>
  );
}
