import { expect, test } from 'vitest';
import { findEntries, needlesOf, type PaletteEntry } from './palette-entry.ts';

const entry = (title: string, more: Partial<PaletteEntry> = {}): PaletteEntry => ({
  key: title,
  kind: 'room',
  title,
  needles: needlesOf(title),
  weight: 0,
  ...more,
});
const titles = (entries: readonly PaletteEntry[], typed: string) =>
  findEntries(entries, typed).map(({ title }) => title);

const rooms = ['general', 'design-review', 'design', 'dev', 'Größe und Café', 'a-general-thing', 'random'].map((name) =>
  entry(name),
);

test.each([
  ['design', ['design', 'design-review']],
  ['rev', ['design-review']],
  ['desrev', ['design-review']],
  ['dr', ['design-review']],
  ['review des', ['design-review']],
  ['cafe grosse', []],
  ['cafe größe', ['Größe und Café']],
  ['GENERAL', ['general', 'a-general-thing']],
  ['grl', ['general', 'a-general-thing']],
  ['xyz', []],
])('%s finds %j', (typed, found) => {
  expect(titles(rooms, typed)).toEqual(found);
});

test('of two that fit alike the one that is used more comes first', () => {
  expect(titles([entry('team-a'), entry('team-b', { weight: 5 })], 'team')).toEqual(['team-b', 'team-a']);
});

test('what is used often does not go before what fits better', () => {
  expect(titles([entry('my-team', { weight: 8 }), entry('team')], 'team')).toEqual(['team', 'my-team']);
});

test('a sign in front keeps to one kind, and a page counts as something to do', () => {
  const mixed = [
    entry('ada', { kind: 'person' }),
    entry('adapters', { lead: { room: { space: 's' } as never } }),
    entry('adapt', { kind: 'command' }),
    entry('admin', { kind: 'place' }),
  ];
  expect(titles(mixed, '@ad')).toEqual(['ada']);
  expect(titles(mixed, '#ad')).toEqual(['adapters']);
  expect(titles(mixed, '/ad')).toEqual(['adapt', 'admin']);
  expect(titles(mixed, 'ad')).toHaveLength(4);
});

test('a person is found by either name, the shown one first', () => {
  const people = [
    entry('Mo', { key: 'a', needles: needlesOf('Mo', 'ada') }),
    entry('Ada', { key: 'b', needles: needlesOf('Ada', 'lovelace') }),
  ];
  expect(titles(people, 'ada')).toEqual(['Ada', 'Mo']);
  expect(titles(people, 'love')).toEqual(['Ada']);
});

test('no more are listed than anybody looks through', () => {
  const many = Array.from({ length: 500 }, (_, index) => entry(`room-${index}`));
  expect(findEntries(many, 'room')).toHaveLength(40);
});
