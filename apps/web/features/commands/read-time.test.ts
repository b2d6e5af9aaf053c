import { expect, test } from 'vitest';
import { readTime } from './read-time.ts';
import { splitTime, wholeTime } from './split-time.ts';

const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
// A Thursday.
const now = local(2026, 5, 4, 14, 30);
const minuteMs = 60_000;

test.each([
  ['in 20 minutes', now + 20 * minuteMs],
  ['20m', now + 20 * minuteMs],
  ['90 min', now + 90 * minuteMs],
  ['in an hour', now + 60 * minuteMs],
  ['half an hour', now + 30 * minuteMs],
  ['for 2 hours', now + 120 * minuteMs],
  ['1h30', now + 90 * minuteMs],
  ['1.5 hours', now + 90 * minuteMs],
  ['in 3 days', now + 3 * 1440 * minuteMs],
  ['2w', now + 14 * 1440 * minuteMs],
  ['tomorrow', local(2026, 5, 5, 9)],
  ['tomorrow 9', local(2026, 5, 5, 9)],
  ['tomorrow at 17:45', local(2026, 5, 5, 17, 45)],
  ['Tomorrow at 8 pm', local(2026, 5, 5, 20)],
  ['9am tomorrow', local(2026, 5, 5, 9)],
  ['at 9 tomorrow', local(2026, 5, 5, 9)],
  ['tonight', local(2026, 5, 4, 20)],
  ['today at 18', local(2026, 5, 4, 18)],
  ['at 17', local(2026, 5, 4, 17)],
  ['17', local(2026, 5, 4, 17)],
  ['9', local(2026, 5, 5, 9)],
  ['9:15', local(2026, 5, 5, 9, 15)],
  ['noon', local(2026, 5, 5, 12)],
  ['midnight', local(2026, 5, 5, 0)],
  ['12am', local(2026, 5, 5, 0)],
  ['Monday', local(2026, 5, 8, 9)],
  ['until mon at noon', local(2026, 5, 8, 12)],
  ['on Thursday', local(2026, 5, 11, 9)],
  ['Thursday at 16:00', local(2026, 5, 4, 16)],
  ['next Monday', local(2026, 5, 8, 9)],
  ['next Thursday', local(2026, 5, 11, 9)],
  ['next Friday', local(2026, 5, 12, 9)],
  ['next week', local(2026, 5, 8, 9)],
  ['next month', local(2026, 6, 1, 9)],
  ['24 December', local(2026, 11, 24, 9)],
  ['December 24th at 5pm', local(2026, 11, 24, 17)],
  ['3 March', local(2027, 2, 3, 9)],
  ['24.12. 18:00', local(2026, 11, 24, 18)],
  ['2027-01-05 8:30', local(2027, 0, 5, 8, 30)],
])('“%s” is understood', (text, at) => {
  expect(wholeTime(text, now)).toBe(at);
});

test.each(['', 'soon', '25:00', 'at 9:75', '13pm', '30 February', 'today at 9', '2020-01-01', '20 apples', 'monthly'])(
  '“%s” is no time to come',
  (text) => {
    expect(wholeTime(text, now)).toBeNull();
  },
);

test('a number alone within a text is no time', () => {
  expect(readTime('9 apples', now)).toBeNull();
  expect(splitTime('buy 9', now)).toBeNull();
});

test.each([
  ['in 20 minutes water the plants', now + 20 * minuteMs, 'water the plants'],
  ['water the plants in 20 minutes', now + 20 * minuteMs, 'water the plants'],
  ['tomorrow 9 20 apples', local(2026, 5, 5, 9), '20 apples'],
  ['next Monday: standup', local(2026, 5, 8, 9), 'standup'],
  ['call Ada at 17:00', local(2026, 5, 4, 17), 'call Ada'],
  ['tomorrow\nfirst\nsecond', local(2026, 5, 5, 9), 'first\nsecond'],
])('“%s” is a time and a text', (text, at, rest) => {
  expect(splitTime(text, now)).toEqual({ at, text: rest });
});
