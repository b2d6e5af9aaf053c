import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

const shown = (text: string, marks: [number, number][]) =>
  excerptOf(text, marks)
    .map(({ text: part, marked }) => (marked ? `[${part}]` : part))
    .join('');

test('a short text is shown whole, with what was found marked', () => {
  expect(
    shown('apples and pears', [
      [0, 6],
      [11, 16],
    ]),
  ).toBe('[apples] and [pears]');
  expect(shown('apples', [])).toBe('apples');
});

test('of a long one it is what stands around the first place, from the beginning of a word on', () => {
  const text = `${'some words '.repeat(40)}apples${' and more'.repeat(60)}`;
  const at = text.indexOf('apples');
  const excerpt = shown(text, [[at, at + 6]]);
  expect(excerpt).toMatch(/^… (some|words) .*\[apples\] and more.*…$/);
  expect(excerpt.length).toBeLessThan(340);
});
