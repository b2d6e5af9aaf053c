import { expect, test } from 'vitest';
import { formatLength, formatSize, nameParts } from './file-words.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_234, '1.23 kB'],
  [999_999, '1 MB'],
  [52_428_800, '52.4 MB'],
  [3_000_000_000, '3 GB'],
])('%d bytes are %s', (bytes, size) => {
  expect(formatSize(bytes)).toBe(size);
});

test.each([
  [0, '0:00'],
  [499, '0:00'],
  [5_000, '0:05'],
  [65_400, '1:05'],
  [3_723_000, '1:02:03'],
])('%d milliseconds are %s', (ms, length) => {
  expect(formatLength(ms)).toBe(length);
});

test('of a long name the end stays, and no letter is cut in two', () => {
  expect(nameParts('plan.pdf')).toEqual({ head: 'plan.pdf', tail: '' });
  const long = 'minutes of the meeting of the joiners, final 2.pdf';
  expect(nameParts(long)).toEqual({ head: long.slice(0, -10), tail: 'inal 2.pdf' });
  expect(nameParts(`${'x'.repeat(30)}👩‍👩‍👧.pdf`).tail).toBe('xxxxx👩‍👩‍👧.pdf');
});
