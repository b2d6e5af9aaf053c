import { useConfab, useStore } from '@confab/client/react';
import { ArrowDownToDot } from 'lucide-react';
import { useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { keyName } from '../shortcuts/key-name.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import { roomsInOrder, unreadBeside } from './rooms-in-order.ts';

/** Leads to the next room with something unread; not there when all is read. */
export function NextUnread() {
  const confab = useConfab();
  const { space } = useCurrentSpace();
  const { route, go } = useNavigation();
  useStore(confab.rooms.list);
  const here = route.page === 'room' ? route.room : null;
  const next = unreadBeside(roomsInOrder(confab, space?.id), here, 1, Date.now());
  if (next === undefined) return null;
  return (
    <IconButton
      size="small"
      label={t('Next unread room')}
      shortcut={`${keyName('Alt')} ${keyName('Shift')} ↓`}
      icon={<ArrowDownToDot size={17} />}
      onClick={() => go(roomRoute(next.info.id))}
    />
  );
}
