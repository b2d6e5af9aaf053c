import type { RoomState } from '@confab/client';
import type { RoomId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { roomBeside, unreadBeside } from './rooms-in-order.ts';

const room = (id: string, unread = 0, notify = 'default', mutedUntil: number | null = null) =>
  ({ info: { id }, unread, membership: { notify, mutedUntil } }) as unknown as RoomState;
const id = (found: RoomState | undefined) => found?.info.id;

describe('going from room to room', () => {
  it('goes round at the ends', () => {
    const rooms = [room('a'), room('b'), room('c')];
    expect(id(roomBeside(rooms, 'c' as RoomId, 1))).toBe('a');
    expect(id(roomBeside(rooms, 'a' as RoomId, -1))).toBe('c');
    expect([id(roomBeside(rooms, null, 1)), id(roomBeside(rooms, null, -1))]).toEqual(['a', 'c']);
  });

  it('goes to the next unread one, and leaves out what is muted', () => {
    const rooms = [room('a', 1), room('b'), room('c', 2, 'none'), room('d', 3, 'all', 10), room('e', 4)];
    const from = (here: string | null, by: 1 | -1, now = 5) => id(unreadBeside(rooms, here as RoomId | null, by, now));
    expect([from('b', 1), from('e', 1), from('a', -1), from(null, 1)]).toEqual(['e', 'a', 'e', 'a']);
    expect(from('b', 1, 11)).toBe('d');
  });

  it('goes nowhere when everything is read', () => {
    expect(unreadBeside([room('a'), room('b')], 'a' as RoomId, 1, 0)).toBeUndefined();
    expect(unreadBeside([room('a', 5)], 'a' as RoomId, 1, 0)).toBeUndefined();
    expect(unreadBeside([], null, 1, 0)).toBeUndefined();
  });
});
