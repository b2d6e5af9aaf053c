import type { RoomId, RoomView, SpaceId, SpaceView } from '@confab/protocol';
import { expect, it } from 'vitest';
import { roomNamed } from './room-named.ts';

const space = { id: 'space-1', name: 'Team' } as SpaceView;
const room = (id: string, name: string, of: SpaceId | null) => ({ info: { id, name, space: of } }) as RoomView;
const rooms = [
  room('room-1', 'General', space.id),
  room('group-1', 'general', null),
  room('group-2', 'trip', null),
  room('direct-1', '', null),
];
const named = (text: string): RoomId | undefined => roomNamed(rooms, [space], text);

it('a channel is meant by id, by name or with its space, whatever groups are called', () => {
  for (const text of ['room-1', 'general', 'GENERAL', 'team/general']) expect(named(text)).toBe('room-1');
});

it('a direct or group is meant by id alone', () => {
  expect([named('direct-1'), named('group-2')]).toEqual(['direct-1', 'group-2']);
  expect(['', 'trip', 'undefined/trip', 'team/trip'].map(named)).toEqual(Array(4).fill(undefined));
});
