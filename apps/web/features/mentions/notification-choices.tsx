import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import type { Notify } from '@confab/protocol';
import { Bell, Clock, Moon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuEntry, MenuProps } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { notifyOptions } from './notify-options.ts';

const hourMs = 3_600_000;
/** When a day begins for somebody who mutes a room until tomorrow. */
const morningHour = 8;

function tomorrowMorning(now: number): number {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(morningHour, 0, 0, 0);
  return morning.getTime();
}

/** The choices of what one is told of a room. */
export default function NotificationChoices({ trigger, room }: { trigger: MenuProps['trigger']; room: RoomState }) {
  const confab = useConfab();
  const toasts = useToasts();
  const { info, membership } = room;
  if (membership === null) return null;
  const { notify, mutedUntil } = membership;
  const now = Date.now();
  const set = (next: Notify, until: number | null) =>
    toasts.attempt(confab.rooms.setNotifications(info.id, next, until));
  const mute = (label: string, icon: ReactNode, until: number): MenuEntry => ({
    kind: 'action',
    label,
    icon,
    onSelect: () => set(notify, until),
  });
  const clock = <Clock size={16} aria-hidden />;
  const quiet: MenuEntry[] =
    mutedUntil !== null && mutedUntil > now
      ? [
          {
            kind: 'action',
            label: t('Unmute'),
            icon: <Bell size={16} aria-hidden />,
            onSelect: () => set(notify, null),
          },
        ]
      : [
          mute(t('Mute for an hour'), clock, now + hourMs),
          mute(t('Mute for 8 hours'), clock, now + 8 * hourMs),
          mute(t('Mute until tomorrow'), <Moon size={16} aria-hidden />, tomorrowMorning(now)),
        ];
  return (
    <RadixMenu
      align="end"
      heading={
        mutedUntil !== null && mutedUntil > now
          ? t('Muted until {time}', { time: formatDateTime(mutedUntil) })
          : undefined
      }
      trigger={trigger}
      groups={[
        [
          {
            kind: 'choice',
            label: t('Tell me of'),
            value: notify,
            options: notifyOptions(info.kind),
            onSelect: (value) => set(value as Notify, mutedUntil),
          },
        ],
        quiet,
      ]}
    />
  );
}
