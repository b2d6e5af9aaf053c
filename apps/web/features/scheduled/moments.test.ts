import { describe, expect, it } from 'vitest';
import { fieldTime, fieldValue, momentsAfter } from './moments.ts';

const at = (text: string) => new Date(text).getTime();
const labelled = (now: string) => Object.fromEntries(momentsAfter(at(now)).map((moment) => [moment.label, moment.at]));

describe('moments that are often meant', () => {
  it('are soon, tomorrow, and at the beginning of the next week', () => {
    expect(labelled('2026-11-18T22:30')).toEqual({
      'In 20 minutes': at('2026-11-18T22:50'),
      'In an hour': at('2026-11-18T23:30'),
      'Tomorrow at nine': at('2026-11-19T09:00'),
      'Next Monday at nine': at('2026-11-23T09:00'),
    });
  });

  it.each([
    ['a Sunday', '2026-11-22T10:00', '2026-11-30T09:00'],
    ['a Monday', '2026-11-23T08:00', '2026-11-30T09:00'],
    ['a Saturday', '2026-11-21T10:00', '2026-11-23T09:00'],
  ])('on %s Monday is another day than tomorrow and today', (_, now, monday) => {
    expect(labelled(now)['Next Monday at nine']).toBe(at(monday));
  });

  it('are read from the field that they are written to', () => {
    const now = at('2026-03-05T07:08');
    expect(fieldValue(now)).toBe('2026-03-05T07:08');
    expect(fieldTime(fieldValue(now))).toBe(now);
    expect(fieldTime('')).toBeNull();
    expect(fieldTime('soon')).toBeNull();
  });
});
