import { describe, expect, it } from 'vitest';
import { decideNotification, type Notification, type NotificationCase } from './decide-notification.ts';
import type { MessageId, UserId } from './ids.ts';
import { initialSettings } from './initial-settings.ts';

const me = 'me' as UserId;
const other = 'other' as UserId;
const now = Date.UTC(2026, 10, 21, 23, 0);

const plain = { author: other, deletedAt: null };
const reply = { ...plain, thread: 'root' as MessageId };
const membership = { notify: 'default', mutedUntil: null } as const;
const quiet = {
  until: null,
  schedule: { days: [6], from: 22 * 60, to: 7 * 60, timeZone: 'UTC' },
};

const usual: NotificationCase = {
  ...{ me, message: plain, named: false, kind: 'channel', membership, follows: false },
  ...{ settings: initialSettings, blocks: false, now },
};

type Change = Partial<NotificationCase>;
const settings = (change: Partial<typeof initialSettings>): Change => ({ settings: { ...initialSettings, ...change } });
const room = (notify: 'all' | 'mentions' | 'none', more: Change = {}): Change => ({
  membership: { notify, mutedUntil: null },
  ...more,
});

const table: readonly [string, Change, Notification][] = [
  ['a message in a channel', {}, 'badge'],
  ['one in a direct', { kind: 'direct' }, 'alert'],
  ['one in a group', { kind: 'group' }, 'alert'],
  ['one’s own', { kind: 'direct', message: { ...plain, author: me } }, 'none'],
  ['a deleted one', { kind: 'direct', message: { ...plain, deletedAt: now } }, 'none'],
  ['one by somebody whom one blocks, though it names one', { named: true, blocks: true }, 'none'],
  ['one that names one', { named: true }, 'alert'],
  ['one that names one in a room that one may see but is not in', { named: true, membership: null }, 'alert'],
  ['another one there', { membership: null }, 'none'],
  ['@room', { message: { ...plain, mentionsAll: 'room' } }, 'alert'],
  ['@here, while one was not there', { message: { ...plain, mentionsAll: 'here' } }, 'badge'],

  ['a channel set to everything', room('all'), 'alert'],
  ['a channel set to nothing', room('none', { named: true }), 'none'],
  ['a direct set to mentions', room('mentions', { kind: 'direct' }), 'badge'],
  ['a direct set to nothing', room('none', { kind: 'direct' }), 'none'],
  ['all channels set to everything', settings({ notifyChannels: 'all' }), 'alert'],
  ['all channels set to nothing', { ...settings({ notifyChannels: 'none' }), named: true }, 'none'],
  [
    'a channel set to mentions where all are set to everything',
    { ...settings({ notifyChannels: 'all' }), ...room('mentions') },
    'badge',
  ],
  ['directs set to mentions', { ...settings({ notifyDirects: 'mentions' }), kind: 'direct' }, 'badge'],

  ['a muted room, though it names one', { membership: { notify: 'all', mutedUntil: now + 1 }, named: true }, 'none'],
  ['a room that was muted until now', { membership: { notify: 'all', mutedUntil: now } }, 'alert'],

  ['a reply in a thread that one follows', { message: reply, follows: true }, 'alert'],
  ['one where replies do not ring', { ...settings({ notifyThreads: 'off' }), message: reply, follows: true }, 'none'],
  ['a reply in another thread', { message: reply }, 'none'],
  ['one that is shown in the room too', { message: { ...reply, alsoInRoom: true } }, 'badge'],
  ['one of a channel set to everything', room('all', { message: reply }), 'none'],
  ['one in a direct', { message: reply, kind: 'direct' }, 'alert'],
  ['one that names one', { message: reply, named: true }, 'alert'],

  ['quiet hours', { ...settings({ doNotDisturb: quiet }), kind: 'direct' }, 'badge'],
  ['the time after them', { ...settings({ doNotDisturb: quiet }), kind: 'direct', now: now + 9 * 3_600_000 }, 'alert'],
  ['a pause', { ...settings({ doNotDisturb: { until: now + 1, schedule: null } }), named: true }, 'badge'],
];

describe('[O1] what a message is to somebody', () => {
  it.each(table)('%s: %j is %s', (_, change, expected) => {
    expect(decideNotification({ ...usual, ...change })).toBe(expected);
  });
});
