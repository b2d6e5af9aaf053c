import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

test.each([
  ['plain', 'plain'],
  ['two\n  lines', 'two lines'],
  ['**bold** and _slanted_ and ~~gone~~ and `code`', 'bold and slanted and gone and code'],
  ['# Title\ntext', 'Title text'],
  ['> quoted\n> more\nown', 'quoted more own'],
  ['- one\n- two', 'one two'],
  ['1. first', 'first'],
  ['```js\nlet a = 1;\n```', 'let a = 1;'],
  ['[a page](https://example.org/x)', 'a page'],
  ['who did it: ||the gardener||', 'who did it: …'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
])('%j is %j in one line', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test('a long text is cut', () => {
  expect(oneLine('x'.repeat(10_000))).toHaveLength(400);
});
