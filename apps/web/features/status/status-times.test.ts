import { describe, expect, it } from 'vitest';
import { asFieldTime, endOf } from './status-times.ts';

const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
// A Thursday.
const now = local(2026, 5, 4, 14, 30);

describe('how long a status holds', () => {
  it('is told from now, or by the calendar of the device', () => {
    expect(endOf('always', now, undefined)).toBeUndefined();
    expect(endOf('half-hour', now, undefined)).toBe(local(2026, 5, 4, 15, 0));
    expect(endOf('hour', now, undefined)).toBe(local(2026, 5, 4, 15, 30));
    expect(endOf('today', now, undefined)).toBe(local(2026, 5, 5));
    expect(endOf('own', now, 42)).toBe(42);
  });

  it.each([
    [local(2026, 5, 1, 8), 'Monday'],
    [now, 'Thursday'],
    [local(2026, 5, 7, 23, 59), 'Sunday'],
  ])('ends with Sunday when it is this week: %s, %s', (at) => {
    expect(endOf('week', at, undefined)).toBe(local(2026, 5, 8));
  });

  it('is written as a field wants it', () => {
    expect(asFieldTime(local(2026, 0, 9, 7, 5))).toBe('2026-01-09T07:05');
  });
});
