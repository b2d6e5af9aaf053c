import type { RoomState } from '@confab/client';
import { expect, test } from 'vitest';
import { rankRooms } from './rank-rooms.ts';

function room(name: string, rest: { unread?: number; archived?: boolean } = {}): RoomState {
  const info = { name, archivedAt: rest.archived ? 1 : null };
  return { info, unread: rest.unread ?? 0 } as RoomState;
}

const names = (rooms: RoomState[]) => rooms.map(({ info }) => info.name);

test('what begins with the typed letters comes before what holds them', () => {
  const rooms = [room('unused-sign'), room('team-design'), room('design'), room('kitchen')];
  expect(names(rankRooms(rooms, 'Design'))).toEqual(['design', 'team-design']);
  expect(names(rankRooms(rooms, '#sign'))).toEqual(['unused-sign', 'team-design', 'design']);
});

test('with nothing typed, unread rooms come first and archived ones last', () => {
  const rooms = [room('a'), room('old', { archived: true }), room('z', { unread: 2 })];
  expect(names(rankRooms(rooms, ''))).toEqual(['z', 'a', 'old']);
});

test('a space in what is typed stands for a dash', () => {
  expect(names(rankRooms([room('team-design')], 'team de'))).toEqual(['team-design']);
});

test('a place that is called by its people is found by each of them', () => {
  const titleOf = () => 'Ada Bell, Ben';
  for (const typed of ['ben', '@ben', 'ada be', 'bell']) {
    expect(rankRooms([room('')], typed, titleOf)).toHaveLength(1);
  }
  expect(rankRooms([room('')], 'cleo', titleOf)).toEqual([]);
});
