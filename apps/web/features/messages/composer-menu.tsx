import type { MessageId, RoomId } from '@confab/protocol';
import { ChartBarBig, Plus, SquareSlash } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';

/** What can be sent besides text. */
export function ComposerMenu({ room, thread }: { room: RoomId; thread: MessageId | null }) {
  const dialogs = useDialogs();
  return (
    <Menu
      side="top"
      clipped
      trigger={<IconButton size="small" label="Add something" icon={<Plus size={19} />} />}
      groups={[
        [
          {
            kind: 'action',
            label: 'Make a poll',
            icon: <ChartBarBig size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'poll', room, thread, question: '', options: [] }),
          },
          {
            kind: 'action',
            label: 'Show all commands',
            icon: <SquareSlash size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'commands' }),
          },
        ],
      ]}
    />
  );
}
