import type { Notice, UserId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { goesOn, noticeLine } from './notice-groups.ts';

const ada = 'ada' as UserId;
const ben = 'ben' as UserId;
const cleo = 'cleo' as UserId;

const notice = (event: string, by: UserId | null, data: object = {}): Notice => ({ seq: 1, at: 1, by, event, data });
const joined = (person: UserId, by: UserId | null = person) =>
  notice('room.member-joined', by, { person: { id: person } });
const left = (user: UserId, by: UserId, reason: string) => notice('room.member-left', by, { user, reason });

test('people whom the same person added one after the other share a line', () => {
  expect(goesOn([joined(ben, ada)], joined(cleo, ada))).toBe(true);
  expect(noticeLine([joined(ben, ada), joined(cleo, ada)])).toMatchObject({
    kind: 'people',
    verb: 'added',
    by: ada,
    people: [ben, cleo],
  });
});

test('people who came by themselves share a line', () => {
  expect(goesOn([joined(ben)], joined(cleo))).toBe(true);
  expect(noticeLine([joined(ben), joined(cleo)])).toMatchObject({ verb: 'joined', by: null, people: [ben, cleo] });
});

test('who added, whether someone came or went, and anything else begin another line', () => {
  expect(goesOn([joined(cleo, ada)], joined(ada, ben))).toBe(false);
  expect(goesOn([joined(ben, ada)], joined(cleo))).toBe(false);
  expect(goesOn([joined(ben)], left(ben, ben, 'left'))).toBe(false);
  expect(goesOn([left(ben, ben, 'left')], left(cleo, ada, 'removed'))).toBe(false);
  expect(goesOn([notice('room.renamed', ada)], notice('room.renamed', ada))).toBe(false);
});

test('that the maker of a room is in it needs no words; who comes next has them', () => {
  const made = notice('room.created', ada);
  expect(goesOn([made], joined(ada))).toBe(true);
  expect(goesOn([made], joined(ben))).toBe(false);
  expect(goesOn([made, joined(ada)], joined(ben))).toBe(false);
  expect(noticeLine([made, joined(ada)])).toEqual({ kind: 'event', notice: made });
});

test('someone who left is not said to have been removed, and the other way round', () => {
  expect(noticeLine([left(ben, ben, 'left')])).toMatchObject({ verb: 'left', by: null, people: [ben] });
  expect(noticeLine([left(ben, ada, 'removed')])).toMatchObject({ verb: 'removed', by: ada, people: [ben] });
});

test('the same person twice is named once, and the line tells the last time', () => {
  const again = { ...joined(ben), at: 9 };
  expect(noticeLine([joined(ben), joined(cleo), again])).toMatchObject({ people: [ben, cleo], at: 9 });
});

test('an event that tells of nobody is left as it is', () => {
  const odd = notice('room.member-left', ada);
  expect(noticeLine([odd])).toEqual({ kind: 'event', notice: odd });
});
