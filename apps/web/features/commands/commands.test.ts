import type { PostContext } from '@confab/protocol';
import { expect, test } from 'vitest';
import { commandForm } from './command-form.ts';
import { type CommandPlace, commands } from './commands.ts';
import { runCommand } from './run-command.ts';

function placeOf(kind: 'channel' | 'direct') {
  const said: [string, PostContext?][] = [];
  const say = (...words: [string, PostContext?]) => void said.push(words);
  return { said, place: { room: { info: { kind } }, say } as unknown as CommandPlace };
}

test('a text that begins with a slash and a name has the form of a command', () => {
  expect(commandForm('/me waves')).toEqual({ name: 'me', rest: 'waves' });
  expect(commandForm('/Topic  wood\nand glue ')).toEqual({ name: 'topic', rest: 'wood\nand glue' });
  expect(commandForm('/leave')).toEqual({ name: 'leave', rest: '' });
});

test.each([' /me waves', 'see /me', '/etc/hosts', '/', '/ me', '//me', '/42'])('%s is text', (text) => {
  expect(commandForm(text)).toBeNull();
});

test('what one does is told as such', async () => {
  const { said, place } = placeOf('channel');
  await runCommand('me', 'waves', place);
  expect(said).toEqual([['waves', { style: 'me' }]]);
});

test('a shrug is drawn as it was meant, through Markdown', async () => {
  const { said, place } = placeOf('direct');
  await runCommand('shrug', 'well', place);
  expect(said).toEqual([['well ¯\\\\\\_(ツ)\\_/¯']]);
});

test('what cannot be done so is said, and nothing is sent', async () => {
  const { said, place } = placeOf('direct');
  await expect(runCommand('topci', 'wood', place)).rejects.toThrow('There is no command /topci.');
  await expect(runCommand('me', '', place)).rejects.toThrow('Write what you do after /me.');
  await expect(runCommand('leave', '', place)).rejects.toThrow('/leave does nothing here.');
  expect(said).toEqual([]);
});

test('no two commands have the same name', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
});
