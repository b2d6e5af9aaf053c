import type { PostContext } from '@confab/protocol';
import { expect, test } from 'vitest';
import type { CommandContext } from './command.ts';
import { commandForm, withoutEscape } from './command-form.ts';
import { COMMANDS } from './command-table.ts';
import { readStatus } from './own-commands.ts';
import { runCommand } from './run-command.ts';
import { readPoll } from './writing-commands.ts';

function contextOf(kind: 'channel' | 'direct') {
  const said: [string, PostContext?][] = [];
  const say = (...words: [string, PostContext?]) => void said.push(words);
  return { said, context: { room: { info: { kind } }, say } as unknown as CommandContext };
}

test('a text that begins with a slash and a name has the form of a command', () => {
  expect(commandForm('/me waves')).toEqual({ name: 'me', rest: 'waves' });
  expect(commandForm('/Topic  wood\nand glue ')).toEqual({ name: 'topic', rest: 'wood\nand glue' });
  expect(commandForm('/leave')).toEqual({ name: 'leave', rest: '' });
});

test.each([' /me waves', 'see /me', '/etc/hosts', '/', '/ me', '//me', '/42'])('%s is text', (text) => {
  expect(commandForm(text)).toBeNull();
});

test.each([
  ['//me waves', '/me waves'],
  ['//help', '/help'],
  ['// a comment', '// a comment'],
  ['//server/share', '//server/share'],
  ['see //me', 'see //me'],
])('%s is posted as %s', (text, posted) => {
  expect(withoutEscape(text)).toBe(posted);
});

test('what one does is told as such', async () => {
  const { said, context } = contextOf('channel');
  await runCommand('me', 'waves', context);
  expect(said).toEqual([['waves', { style: 'me' }]]);
});

test('a shrug is drawn as it was meant, through Markdown', async () => {
  const { said, context } = contextOf('direct');
  await runCommand('shrug', 'well', context);
  expect(said).toEqual([['well ¯\\\\\\_(ツ)\\_/¯']]);
});

test.each([
  ['topci', 'wood', 'There is no command /topci. To send it as it is, begin with two slashes.'],
  ['me', '', 'Write what you do after /me.'],
  ['leave', '', '/leave does nothing here.'],
  ['pins', 'please', 'Nothing follows /pins.'],
  ['mute', 'a little', 'Write how long after /mute, such as 2 hours, or until Monday.'],
  ['remind', 'the plants', 'Write when and what of, such as /remind in 20 minutes water the plants.'],
])('/%s %s is answered with a sentence, and nothing is sent', async (name, text, sentence) => {
  const { said, context } = contextOf('direct');
  await expect(runCommand(name, text, context)).rejects.toThrow(sentence);
  expect(said).toEqual([]);
});

test('no two commands have the same name, and each says what it does and what follows it', () => {
  expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
  for (const { name, title, arguments: all } of COMMANDS) {
    expect(name).toMatch(/^[a-z]+$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    // What may be left out stands at the end.
    expect(all.map(({ optional }) => optional === true)).toEqual(all.map(({ optional }) => optional === true).sort());
  }
});

test('a poll is read from what stands between quotation marks', () => {
  expect(readPoll('"Lunch?" "Here" “There”')).toEqual({ question: 'Lunch?', options: ['Here', 'There'] });
  expect(readPoll('Lunch?')).toEqual({ question: 'Lunch?', options: [] });
  expect(readPoll('')).toEqual({ question: '', options: [] });
});

test('a status may have an emoji in front and an end behind', () => {
  const now = new Date(2026, 5, 4, 14, 30).getTime();
  expect(readStatus('🌴 On holiday until Monday', now)).toEqual({
    emoji: '🌴',
    text: 'On holiday',
    until: new Date(2026, 5, 8, 9).getTime(),
  });
  expect(readStatus('🧑‍🍳', now)).toEqual({ emoji: '🧑‍🍳' });
  expect(readStatus('Looking for a pen', now)).toEqual({ text: 'Looking for a pen' });
  expect(readStatus('In a meeting for 2 hours', now)).toEqual({ text: 'In a meeting', until: now + 2 * 3_600_000 });
});
