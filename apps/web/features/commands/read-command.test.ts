import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { readCommand } from './read-command.ts';

test('a text that begins with a slash and a known name is that command', () => {
  expect(readCommand('/me waves')).toMatchObject({ command: { name: 'me' }, rest: 'waves' });
  expect(readCommand('/Topic  wood\nand glue ')).toMatchObject({ command: { name: 'topic' }, rest: 'wood\nand glue' });
  expect(readCommand('/leave')).toMatchObject({ command: { name: 'leave' }, rest: '' });
});

test.each([' /me waves', 'see /me', '/etc/hosts', '/', '/ me', '//me', '/42'])('%s is text', (text) => {
  expect(readCommand(text)).toBeNull();
});

test('a name that is none is said before anything is sent', () => {
  expect(() => readCommand('/topci wood')).toThrow('There is no command /topci.');
});

test('a shrug is drawn as it was meant, through Markdown', () => {
  const said: string[] = [];
  const shrug = commands.find(({ name }) => name === 'shrug');
  void shrug?.run({ say: (text: string) => said.push(text) } as never, 'well');
  expect(said).toEqual(['well ¯\\\\\\_(ツ)\\_/¯']);
});

test('no two commands have the same name', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
});
