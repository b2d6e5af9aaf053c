import type { Language, PushPayload } from '@confab/protocol';
import { directionOf } from '@confab/protocol/languages.ts';
import { formatRoute } from '../../app/route.ts';
import type { t } from '../../language/sentences.ts';

/** Says the sentences below in their reader’s language: the page from its catalogue, the worker from a part of it. */
export type Say = typeof t;

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
  readonly lang: Language;
  readonly dir: 'ltr' | 'rtl';
  /** The author’s picture, where they have one. */
  readonly icon?: string;
  /** A later one of the same room takes its place. */
  readonly tag: string;
  readonly data: NotificationData;
}

const tagOf = (room: string): string => `room:${room}`;
/** The room that a notification is about. */
export const roomOfTag = (tag: string): string | null => (tag.startsWith('room:') ? tag.slice('room:'.length) : null);

/** What a notification says, in the page and in the worker. */
export function notificationWords(payload: PushPayload, t: Say): NotificationWords {
  const { language } = payload;
  const dir = directionOf(language);
  // What people wrote stands as it would alone: its own direction, and none of the sentence around it.
  const own = (text: string): string => (dir === 'rtl' && text !== '' ? `\u2068${text}\u2069` : text);
  if (payload.kind === 'test') {
    const title = t('Notifications reach this device');
    const body = t('This is how Confab tells you when no page of it is open.');
    return { title, body, lang: language, dir, tag: 'test', data: { path: '/settings', seq: 0 } };
  }
  const { room, message, seq } = payload;
  const data = { path: formatRoute({ page: 'message', room, message }), seq };
  const about = { lang: language, dir, tag: tagOf(room), data };
  if (payload.kind === 'hidden') return { title: 'Confab', body: t('You have a new message.'), ...about };
  if (payload.kind === 'reminder') {
    const body = payload.text === '' ? t('You wanted to be reminded of a message.') : own(payload.text);
    // Reading its room does not take it back: one is done with it when one says so.
    return { ...about, title: t('Reminder'), body, tag: `reminder:${message}` };
  }
  const author = own(payload.author);
  const place = own(payload.place);
  return {
    title: place === '' ? author : t('{author} in {place}', { author, place }),
    body: own(payload.text),
    ...about,
    ...(payload.picture ? { icon: `/api/v1/pictures/${payload.picture}` } : {}),
  };
}

/** What they look like where they say nothing else. */
export const notificationLook = { icon: '/icons/icon-192.png', badge: '/icons/badge-96.png' } as const;
