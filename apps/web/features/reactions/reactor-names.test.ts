import type { Person, UserId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { reactorNames } from './reactor-names.ts';

const id = (name: string) => name as UserId;
const known = new Map(['ada', 'bo', 'cy'].map((name) => [id(name), { name: name.toUpperCase() } as Person]));
const namesOf = (count: number, users: string[], mine?: true) =>
  reactorNames({ emoji: '👍', count, users: users.map(id), ...(mine ? { mine } : {}) }, id('me'), known);

test('names those who reacted, oneself first', () => {
  expect(namesOf(1, ['ada'])).toBe('ADA');
  expect(namesOf(3, ['ada', 'me', 'bo'], true)).toBe('You, ADA, and BO');
});

test('counts those who are not named', () => {
  expect(namesOf(30, ['ada', 'bo'], true)).toBe('You, ADA, BO, and 27 others');
  expect(namesOf(2, ['ada', 'stranger'])).toBe('ADA and 1 other');
  expect(namesOf(1, ['stranger'])).toBe('1 person');
});
