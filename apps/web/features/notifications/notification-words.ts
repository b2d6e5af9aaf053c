import type { PushPayload } from '@confab/protocol';
import { formatRoute } from '../../app/route.ts';

/** What goes with a notification, for when it is pressed or closed. */
export interface NotificationData {
  /** Where pressing it leads. */
  readonly path: string;
  /** Up to where its room has to be read for it to go; 0: it is about no room. */
  readonly seq: number;
}

export interface NotificationWords {
  readonly title: string;
  readonly body: string;
  /** A later one of the same room takes its place. */
  readonly tag: string;
  readonly data: NotificationData;
}

const tagOf = (room: string): string => `room:${room}`;
/** The room that a notification is about. */
export const roomOfTag = (tag: string): string | null => (tag.startsWith('room:') ? tag.slice('room:'.length) : null);

/** What a notification says, in the page and in the worker. */
export function notificationWords(payload: PushPayload): NotificationWords {
  if (payload.kind === 'test') {
    const body = 'This is how Confab tells you when no page of it is open.';
    return { title: 'Notifications reach this device', body, tag: 'test', data: { path: '/settings', seq: 0 } };
  }
  const { room, message, seq } = payload;
  const about = { tag: tagOf(room), data: { path: formatRoute({ page: 'message', room, message }), seq } };
  if (payload.kind === 'hidden') return { title: 'Confab', body: 'You have a new message.', ...about };
  if (payload.kind === 'reminder') {
    const body = payload.text === '' ? 'You wanted to be reminded of a message.' : payload.text;
    // Reading its room does not take it back: one is done with it when one says so.
    return { ...about, title: 'Reminder', body, tag: `reminder:${message}` };
  }
  const { author, place, text } = payload;
  return { title: place === '' ? author : `${author} in ${place}`, body: text, ...about };
}

/** What all of them look like. */
export const notificationLook = { icon: '/icons/icon-192.png', badge: '/icons/badge-96.png' } as const;
