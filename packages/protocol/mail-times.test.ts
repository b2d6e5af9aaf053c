import { expect, it } from 'vitest';
import { mailDueAt } from './mail-times.ts';

const at = (text: string) => Date.parse(text);

it.each<[Parameters<typeof mailDueAt>[0], string, string | null]>([
  [{ mailDigest: '15-minutes', mailTimeZone: 'UTC' }, '2026-01-01T10:00:00Z', '2026-01-01T10:15:00Z'],
  [{ mailDigest: 'hour', mailTimeZone: 'UTC' }, '2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z'],
  [{ mailDigest: 'never', mailTimeZone: 'UTC' }, '2026-01-01T10:00:00Z', null],
  [{ mailDigest: 'daily', mailTimeZone: 'UTC' }, '2026-01-01T07:59:59Z', '2026-01-01T08:00:00Z'],
  [{ mailDigest: 'daily', mailTimeZone: 'UTC' }, '2026-01-01T08:00:00Z', '2026-01-02T08:00:00Z'],
  [{ mailDigest: 'daily', mailTimeZone: 'Asia/Kolkata' }, '2026-01-01T02:00:00Z', '2026-01-01T02:30:00Z'],
  [{ mailDigest: 'daily', mailTimeZone: 'America/New_York' }, '2026-01-01T22:00:00Z', '2026-01-02T13:00:00Z'],
  [{ mailDigest: 'daily', mailTimeZone: 'Pacific/Auckland' }, '2026-06-01T21:00:00Z', '2026-06-02T20:00:00Z'],
  // The clocks go forward, and back, in the night between.
  [{ mailDigest: 'daily', mailTimeZone: 'Europe/Berlin' }, '2026-03-28T20:00:00Z', '2026-03-29T06:00:00Z'],
  [{ mailDigest: 'daily', mailTimeZone: 'Europe/Berlin' }, '2026-10-24T20:00:00Z', '2026-10-25T07:00:00Z'],
  [{ mailDigest: 'daily', mailTimeZone: 'Nowhere/At-All' }, '2026-01-01T07:00:00Z', '2026-01-01T08:00:00Z'],
])('with %j a mail about what rang at %s is due at %s', (settings, rangAt, due) => {
  expect(mailDueAt(settings, at(rangAt))).toBe(due === null ? null : at(due));
});
