import { expect, test } from 'vitest';
import { suggestTimes } from './argument-suggestions.ts';
import { bestOf, firstThatFits, fit, type Suggestion } from './suggestion.ts';
import { closedEmojiCode, readTrigger } from './suggestion-trigger.ts';

/** `|` stands where the caret is. */
function at(text: string) {
  const caret = text.indexOf('|');
  return readTrigger(text.replace('|', ''), caret);
}

test.each([
  ['@|', '@', ''],
  ['hello @ad|', '@', 'ad'],
  ['(@ad|)', '@', 'ad'],
  ['**@ad|**', '@', 'ad'],
  ['see #gen|', '#', 'gen'],
  ['first\n#zimmer-für|', '#', 'zimmer-für'],
  ['سلام @عل|', '@', 'عل'],
  ['great :ta|', ':', 'ta'],
  ['/to|', '/', 'to'],
  ['before @ad| after', '@', 'ad'],
])('%s asks for suggestions', (text, mark, typed) => {
  expect(at(text)).toMatchObject({ mark, typed, end: text.indexOf('|') });
});

test.each([
  ['/mute |', 'mute', ''],
  ['/remind in 20|', 'remind', 'in 20'],
  ['/Invite ad| later', 'invite', 'ad'],
])('%s asks for what follows the command', (text, command, typed) => {
  const end = text.indexOf('|');
  expect(at(text)).toEqual({ mark: ' ', command, typed, start: end - typed.length, end });
});

test.each(['/mute|', 'see /mute |', '/me waves\n|'])('%s asks for nothing that follows a command', (text) => {
  expect(at(text)?.mark).not.toBe(' ');
});

test('within a command people and rooms are suggested by their marks', () => {
  expect(at('/invite @ad|')).toMatchObject({ mark: '@', typed: 'ad' });
});

test('a time that is typed is suggested as it is understood', () => {
  const now = new Date(2026, 5, 4, 14, 30).getTime();
  expect(suggestTimes('tom', now).map(({ insert }) => insert)).toEqual(['tomorrow at 9']);
  expect(suggestTimes('tomorrow', now).map(({ insert }) => insert)).toEqual(['tomorrow', 'tomorrow at 9']);
  expect(suggestTimes('', now)).toHaveLength(5);
  expect(suggestTimes('tomorrow water the plants', now)).toEqual([]);
});

test.each([
  ['ada@exam|', 'an address of e-mail'],
  ['https://a.example/#b|', 'an address of the web'],
  ['at 10:30|', 'a time'],
  ['fine :)|', 'a smiley'],
  ['so: a|', 'a colon'],
  [':d|', 'one letter after a colon'],
  ['see /to|', 'a slash within'],
  ['`@ad|', 'code'],
  ['```\n@ad|', 'a block of code'],
  ['@ada said|', 'a name that is over'],
  [`@${'a'.repeat(60)}|`, 'no name'],
])('%s asks for none: %s', (text) => {
  expect(at(text)).toBeNull();
});

test('after code suggestions come again', () => {
  expect(at('`a` @ad|')).toMatchObject({ typed: 'ad' });
  expect(at('```\na\n```\n@ad|')).toMatchObject({ typed: 'ad' });
});

test('an emoji’s code is closed by its second colon', () => {
  expect(closedEmojiCode('so :tada:', 9)).toEqual({ code: 'tada', start: 3 });
  expect(closedEmojiCode('10:30:', 6)).toBeNull();
  expect(closedEmojiCode('a:b:c:', 6)).toBeNull();
});

test('names are found without case and accents, those that begin so first', () => {
  expect(fit('Åsa Lindqvist', 'asa')).toBe(3);
  expect(fit('Åsa Lindqvist', 'lind')).toBe(2);
  expect(fit('Åsa Lindqvist', 'qvist')).toBe(1);
  expect(fit('Åsa', 'bo')).toBe(0);
  const names = ['Rudolf', 'Dora', 'Bo Dorn'].map((name) => ({ name }));
  expect(bestOf(names, 'do', ({ name }) => [name]).map(({ name }) => name)).toEqual(['Dora', 'Bo Dorn', 'Rudolf']);
});

test('what was found for less is taken only while it fits what was typed since', () => {
  const lead = { kind: 'sign', text: '' } as const;
  const [notify, remind, topic] = ['notify', 'remind', 'topic'].map(
    (name): Suggestion => ({ key: name, insert: `/${name}`, title: name, lead }),
  );
  const found = [notify, remind, topic].flatMap((one) => one ?? []);
  expect(firstThatFits(found, remind, { mark: '/', typed: 'rem' })).toBe(remind);
  expect(firstThatFits(found, notify, { mark: '/', typed: 'topi' })).toBe(topic);
  expect(firstThatFits(found, notify, { mark: '/', typed: 'nonsense' })).toBe(undefined);
  // Nothing is marked where Enter is to send.
  expect(firstThatFits(found, undefined, { mark: '/', typed: 'topi' })).toBe(undefined);
  const ada: Suggestion = { key: 'ada', insert: '@al', title: 'Ada Lovelace', lead };
  expect(firstThatFits([ada], ada, { mark: '@', typed: 'love' })).toBe(ada);
  expect(firstThatFits([ada], ada, { mark: '@', typed: 'adam' })).toBe(undefined);
});
