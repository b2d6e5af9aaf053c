import { expect, test } from 'vitest';
import { insertLink, type Selected, toggleAround, toggleLines } from './text-marks.ts';

/** `[` and `]` in the sample stand for the selection's ends. */
function selected(sample: string): Selected {
  const start = sample.indexOf('[');
  const end = sample.indexOf(']') - 1;
  return { text: sample.replace('[', '').replace(']', ''), start, end };
}

function shown({ text, start, end }: Selected): string {
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

test.each([
  ['a [word] b', 'a **[word]** b'],
  ['a **[word]** b', 'a [word] b'],
  ['a []', 'a **[]**'],
])('bold turns %s into %s', (before, after) => {
  expect(shown(toggleAround(selected(before), '**'))).toBe(after);
});

test.each([
  ['one[]', '- one[]'],
  ['- one[]', 'one[]'],
  ['x\n[one\ntwo]\ny', 'x\n[- one\n- two]\ny'],
  ['[- one\n- two]', '[one\ntwo]'],
])('a list turns %j into %j', (before, after) => {
  expect(shown(toggleLines(selected(before), '- '))).toBe(after);
});

test('a link keeps the words and selects the address', () => {
  const { text, start, end } = insertLink(selected('see [here] now'));
  expect(text).toBe('see [here](https://) now');
  expect(text.slice(start, end)).toBe('https://');
});
