import { expect, test } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route.ts';

const room = '01890000-0000-7000-8000-000000000001';
const message = '01890000-0000-7000-8000-000000000002';

test.each([
  ['/', { page: 'home' }],
  ['/browse', { page: 'browse' }],
  ['/settings', { page: 'settings', part: null }],
  ['/settings/do-not-disturb', { page: 'settings', part: 'do-not-disturb' }],
  ['/share', { page: 'share' }],
  ['/space', { page: 'space' }],
  ['/moderation', { page: 'moderation' }],
  [`/rooms/${room}`, { page: 'room', room, seq: null, panel: null }],
  [`/rooms/${room}/42`, { page: 'room', room, seq: 42, panel: null }],
  [
    `/rooms/${room}/7?search=a%20b%3A%26c&sort=best&here`,
    { page: 'room', room, seq: 7, panel: { search: 'a b:&c', best: true, here: true } },
  ],
  [`/rooms/${room}?search=`, { page: 'room', room, seq: null, panel: { search: '', best: false, here: false } }],
  ['/search', { page: 'search', search: '', best: false }],
  ['/search?search=apples', { page: 'search', search: 'apples', best: false }],
  [`/rooms/${room}?panel=members`, { page: 'room', room, seq: null, panel: 'members' }],
  [`/rooms/${room}?thread=${message}`, { page: 'room', room, seq: null, panel: { thread: message, seq: null } }],
  [`/rooms/${room}/7?thread=${message}&at=9`, { page: 'room', room, seq: 7, panel: { thread: message, seq: 9 } }],
  [`/rooms/${room}/messages/${message}`, { page: 'message', room, message }],
  ['/threads', { page: 'threads' }],
  ['/verify-email/abcdefghijklmnopqrstuvwxyz', { page: 'verify-email', token: 'abcdefghijklmnopqrstuvwxyz' }],
  ['/unsubscribe/abcdefghijklm_opqrstuvwxyz', { page: 'unsubscribe', token: 'abcdefghijklm_opqrstuvwxyz' }],
  ['/join/abcdefghijklmnopqrstuvwxyz', { page: 'join', token: 'abcdefghijklmnopqrstuvwxyz' }],
] as [string, Route][])('%s is read, and written back the same', (address, route) => {
  const url = new URL(address, 'https://confab.example');
  expect(parseRoute(url.pathname, url.search)).toEqual(route);
  expect(formatRoute(route)).toBe(address);
});

test.each([
  '/rooms',
  '/rooms/general',
  `/rooms/${room}/0`,
  `/rooms/${room}/x`,
  `/rooms/${room}/1/2`,
  `/rooms/${room}/messages`,
  `/rooms/${room}/messages/1`,
  `/rooms/${room}/messages/${message}/1`,
  '/join/short',
  '/settings/secrets',
  '/settings/profile/1',
  '/toString',
])('%s is no address of the app', (address) => {
  expect(parseRoute(address, '')).toEqual({ page: 'unknown' });
});

test('a slash at the end changes nothing', () => {
  expect(parseRoute('/browse/', '')).toEqual({ page: 'browse' });
});

test('a panel that does not exist is left out', () => {
  for (const query of ['?panel=secrets', '?thread=x', '?thread=']) {
    expect(parseRoute(`/rooms/${room}`, query)).toMatchObject({ panel: null });
  }
});
