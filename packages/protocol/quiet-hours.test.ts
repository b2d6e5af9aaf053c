import { describe, expect, it } from 'vitest';
import { isQuiet, statusAt } from './quiet-hours.ts';
import type { QuietHours } from './settings.ts';

const at = (time: string) => Date.parse(time);
const nights: QuietHours = { days: [1, 5], from: 22 * 60, to: 7 * 60, timeZone: 'Europe/Berlin' };
const quiet = (schedule: QuietHours | null, time: string, until: string | null = null) =>
  isQuiet({ until: until === null ? null : at(until), schedule }, at(time));

describe('do not disturb', () => {
  it('holds until the time that was set', () => {
    expect(quiet(null, '2026-06-01T11:59:59Z', '2026-06-01T12:00:00Z')).toBe(true);
    expect(quiet(null, '2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z')).toBe(false);
    expect(isQuiet(undefined, 0)).toBe(false);
  });

  // 1 June 2026 is a Monday; Berlin is two hours ahead then.
  it.each([
    ['2026-06-01T19:59:00Z', false],
    ['2026-06-01T20:00:00Z', true],
    ['2026-06-02T04:59:00Z', true],
    ['2026-06-02T05:00:00Z', false],
    ['2026-06-02T20:30:00Z', false],
    ['2026-06-05T21:30:00Z', true],
    ['2026-06-06T02:00:00Z', true],
    ['2026-06-01T02:00:00Z', false],
  ])('over midnight counts to the day on which it begins: %s', (time, expected) => {
    expect(quiet(nights, time)).toBe(expected);
  });

  it('within a day, and the whole day when both ends are the same', () => {
    const noon = { ...nights, from: 12 * 60, to: 13 * 60 };
    expect(quiet(noon, '2026-06-01T10:30:00Z')).toBe(true);
    expect(quiet(noon, '2026-06-01T11:00:00Z')).toBe(false);
    const all = { ...nights, days: [1], from: 0, to: 0 };
    expect(quiet(all, '2026-06-01T08:00:00Z')).toBe(true);
    expect(quiet(all, '2026-06-01T22:30:00Z')).toBe(false);
  });

  it('follows the zone’s summer time', () => {
    const morning = { days: [0, 1, 2, 3, 4, 5, 6], from: 6 * 60, to: 7 * 60, timeZone: 'Europe/Berlin' };
    expect(quiet(morning, '2026-01-15T05:30:00Z')).toBe(true);
    expect(quiet(morning, '2026-07-15T05:30:00Z')).toBe(false);
    expect(quiet({ ...morning, timeZone: 'Mars/Base' }, '2026-01-15T05:30:00Z')).toBe(false);
  });
});

describe('a status', () => {
  it('says nothing more once it has run out', () => {
    const status = { text: 'Lunch', until: 1_000 };
    expect(statusAt(status, 999)).toBe(status);
    expect(statusAt(status, 1_000)).toBeUndefined();
    expect(statusAt({ text: 'Away' }, 9e12)).toEqual({ text: 'Away' });
    expect(statusAt(undefined, 0)).toBeUndefined();
  });
});
