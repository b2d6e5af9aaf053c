import type { File, FileId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { messageLine, oneLine } from './one-line.ts';

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

const file = (more: Partial<File> = {}): File => ({
  id: 'f' as FileId,
  name: 'plan.pdf',
  type: 'application/pdf',
  kind: 'pdf',
  size: 1,
  ...more,
});

test('a message without a text is what is attached to it', () => {
  expect(messageLine({ text: 'see *this*', files: [file()] })).toBe('see this');
  expect(messageLine({ text: '', files: [file()] })).toBe('📎 plan.pdf');
  expect(messageLine({ text: '', files: [file({ kind: 'picture' })] })).toBe('Picture');
  expect(messageLine({ text: '', files: [file({ kind: 'video' })] })).toBe('Video');
  expect(messageLine({ text: '', files: [file({ kind: 'sound', voice: true })] })).toBe('Voice message');
  expect(messageLine({ text: '', files: [file(), file(), file()] })).toBe('3 files');
  expect(messageLine({ text: '' })).toBe('');
});
