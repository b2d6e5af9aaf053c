import { useConfab, useStore } from '@confab/client/react';
import type { SpaceId } from '@confab/protocol';
import { ListFilter, Plus } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useSetting } from '../settings/use-setting.ts';

const orders = [
  { value: 'name', label: 'By name' },
  { value: 'unread-first', label: 'Unread first' },
] as const;
const choices = [
  { value: 'all', label: 'All rooms' },
  { value: 'unread', label: 'Only unread' },
] as const;

/** How the room list is drawn, on all of one's devices. */
export function ListOptions({ space }: { space: SpaceId }) {
  const { settings } = useConfab();
  const { roomOrder, roomsShown } = useStore(settings.state);
  const [, setOrder] = useSetting('roomOrder');
  const [, setShown] = useSetting('roomsShown');
  const dialogs = useDialogs();
  return (
    <Menu
      align="end"
      clipped
      trigger={
        <IconButton
          size="small"
          label="List options"
          icon={<ListFilter size={17} />}
          aria-pressed={roomsShown === 'unread'}
        />
      }
      groups={[
        [
          {
            kind: 'choice',
            label: 'Show',
            value: roomsShown,
            options: choices,
            onSelect: (value) => setShown(value === 'unread' ? 'unread' : 'all'),
          },
        ],
        [
          {
            kind: 'choice',
            label: 'Order',
            value: roomOrder,
            options: orders,
            onSelect: (value) => setOrder(value === 'unread-first' ? 'unread-first' : 'name'),
          },
        ],
        [
          {
            kind: 'action',
            label: 'New section',
            icon: <Plus size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'section', space }),
          },
        ],
      ]}
    />
  );
}
