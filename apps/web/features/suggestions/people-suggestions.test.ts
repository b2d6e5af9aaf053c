import type { Confab, RoomState } from '@confab/client';
import type { Person, RoomInfo, UserId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { suggestPeople } from './people-suggestions.ts';

const people = Array.from({ length: 2_000 }, (_, index): Person => {
  const name = `Person ${String(index).padStart(4, '0')}`;
  return { id: `id-${index}` as UserId, handle: name.replace(' ', '-').toLowerCase(), name, disabled: false };
});

/** A room of very many, a page of whom is told at once. */
function placeOf(id: string) {
  const asked: (string | undefined)[] = [];
  const members = async (_room: string, _after?: UserId, text?: string) => {
    asked.push(text);
    const called = people.filter(({ handle }) => text === undefined || handle.startsWith(text));
    return { members: called.slice(0, 200).map((person) => ({ person })), more: called.length > 200 };
  };
  const info = { id, space: null, kind: 'group', visibility: 'private' } as unknown as RoomInfo;
  const confab = { rooms: { members }, account: { state: { get: () => ({ status: 'signed-out' }) } } };
  return { asked, place: { confab: confab as unknown as Confab, room: { info } as RoomState } };
}

test('people are found by what is typed, however many there are', async () => {
  const { place } = placeOf('large');
  const found = await suggestPeople('person-1999', place);
  expect(found.map(({ title }) => title)).toEqual(['Person 1999']);
});

test('the server is asked once for what is typed, and not at all where everyone is known', async () => {
  const { place, asked } = placeOf('asked');
  await suggestPeople('', place);
  await suggestPeople('person-19', place);
  await suggestPeople('person-19', place);
  expect(asked).toEqual([undefined, 'person-19']);
});
