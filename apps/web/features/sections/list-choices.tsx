import { useConfab, useStore } from '@confab/client/react';
import type { SpaceId } from '@confab/protocol';
import { Plus } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuProps } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import { useSetting } from '../settings/use-setting.ts';

const orders = () => [
  { value: 'name', label: t('By name') },
  { value: 'unread-first', label: t('Unread first') },
];
const choices = () => [
  { value: 'all', label: t('All rooms') },
  { value: 'unread', label: t('Only unread') },
];

/** How the room list is drawn, on all of one's devices. */
export default function ListChoices({ trigger, space }: { trigger: MenuProps['trigger']; space: SpaceId }) {
  const { settings } = useConfab();
  const { roomOrder, roomsShown } = useStore(settings.state);
  const [, setOrder] = useSetting('roomOrder');
  const [, setShown] = useSetting('roomsShown');
  const dialogs = useDialogs();
  return (
    <RadixMenu
      align="end"
      clipped
      trigger={trigger}
      groups={[
        [
          {
            kind: 'choice',
            label: t('Show'),
            value: roomsShown,
            options: choices(),
            onSelect: (value) => setShown(value === 'unread' ? 'unread' : 'all'),
          },
        ],
        [
          {
            kind: 'choice',
            label: t('Order'),
            value: roomOrder,
            options: orders(),
            onSelect: (value) => setOrder(value === 'unread-first' ? 'unread-first' : 'name'),
          },
        ],
        [
          {
            kind: 'action',
            label: t('New section'),
            icon: <Plus size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'section', space }),
          },
        ],
      ]}
    />
  );
}
