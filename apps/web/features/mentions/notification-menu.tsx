import type { RoomState } from '@confab/client';
import { Bell, BellOff } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazyMenu } from '../../ui/menu.tsx';
import { isMuted } from './is-muted.ts';

const NotificationChoices = lazyMenu(() => import('./notification-choices.tsx'));

/** What one is told of a room: a bell in its header. */
export function NotificationMenu({ room }: { room: RoomState }) {
  if (room.membership === null) return null;
  const muted = isMuted(room, Date.now());
  const label = muted ? t('Notifications, muted') : t('Notifications');
  const icon = muted ? <BellOff size={18} /> : <Bell size={18} />;
  return <NotificationChoices room={room} trigger={<IconButton label={label} icon={icon} />} />;
}
