import type { Confab, RoomState } from '@confab/client';
import { type Alert, Alerts } from '@confab/client/notifications';
import type { PushPayload, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { currentLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { attention } from '../rooms/attention.ts';
import { chime } from './chime.ts';
import { notificationWords } from './notification-words.ts';
import { PageNotifications } from './page-notifications.ts';
import { permissionNow } from './permission.ts';
import { inOneTab, isAnyTabVisible, tellVisibility } from './tabs.ts';

/** What is read right away, because one looks at its room, makes no sound. */
const readMs = 800;

function payloadOf(confab: Confab, { room: { info }, message, reminder }: Alert): PushPayload {
  const { id, room, seq, text } = message;
  const about = { language: currentLanguage(), room, message: id, seq };
  const isHidden = confab.settings.state.get().notifyContent === 'hidden';
  if (reminder) return { kind: 'reminder', ...about, text: isHidden ? '' : text.slice(0, limits.pushTextChars) };
  if (isHidden) return { kind: 'hidden', ...about };
  const person = confab.people.person(message.author).get();
  const author = person?.name ?? t('Somebody');
  const place = info.kind === 'channel' ? `#${info.name}` : info.name;
  const pictured = person?.picture ? { picture: person.picture } : {};
  return { kind: 'message', ...about, author, ...pictured, place, text: text.slice(0, limits.pushTextChars) };
}

function isUnread(room: RoomState | undefined, { message, reminder }: Alert): boolean {
  if (reminder) return true;
  if (message.thread !== undefined && message.alsoInRoom !== true) return true;
  return room?.membership == null || room.membership.readSeq < message.seq;
}

interface RingParts {
  /** Goes where a notification leads. */
  readonly open: (path: string) => void;
  /** Something rang while nobody looked, and the person was never asked whether it may be shown. */
  readonly onUnheard: () => void;
}

/** Rings for what is meant for the person, in one tab of all, and takes it back when it is read here or elsewhere. */
export function ring(confab: Confab, { open, onUnheard }: RingParts): () => void {
  const notifications = new PageNotifications(open);
  const { rooms, settings } = confab;
  const sounds = () => settings.state.get().notifySound === 'on';
  const roomOf = (alert: Alert) => rooms.room(alert.message.room).get();

  async function tell(alert: Alert): Promise<void> {
    const isSeen = await isAnyTabVisible();
    if (!isSeen && permissionNow() === 'granted') {
      return notifications.show(notificationWords(payloadOf(confab, alert), t), !sounds());
    }
    if (!isSeen && permissionNow() === 'default') onUnheard();
    setTimeout(() => {
      if (sounds() && isUnread(roomOf(alert), alert)) void chime();
    }, readMs);
  }

  const stops = [
    tellVisibility(),
    inOneTab('confab:ring', () => {
      const alerts = new Alerts(confab, { now: Date.now, onAlert: (alert) => void tell(alert) });
      alerts.start();
      return () => alerts.stop();
    }),
    rooms.list.subscribe(() => {
      void notifications.closeRead((room) => rooms.room(room as RoomId).get()?.membership?.readSeq ?? null);
      showOnIcon(attention(rooms.list.get(), Date.now()).wanted);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    showOnIcon(0);
  };
}

/** The figure on the icon of the app where it is installed. */
function showOnIcon(wanted: number): void {
  if (!('setAppBadge' in navigator)) return;
  void navigator.setAppBadge(wanted).catch(() => {});
}
