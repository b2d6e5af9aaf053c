import type { RoomState } from '@confab/client';
import { expect, test } from 'vitest';
import { attention } from './attention.ts';

const room = (
  space: string | null,
  unread: number,
  mentions = 0,
  rest: { mutedUntil?: number; archivedAt?: number } = {},
) =>
  ({
    info: { space, archivedAt: rest.archivedAt ?? null },
    unread,
    mentions,
    membership: { notify: 'default', mutedUntil: rest.mutedUntil ?? null },
  }) as RoomState;

test('one is wanted by mentions in channels, and by everything in directs and groups', () => {
  expect(attention([room('space', 5, 2), room(null, 3), room('space', 0)], 0)).toEqual({ wanted: 5, unread: true });
});

test('an unread channel that does not mention one shows without a number', () => {
  expect(attention([room('space', 5)], 0)).toEqual({ wanted: 0, unread: true });
  expect(attention([room('space', 0)], 0)).toEqual({ wanted: 0, unread: false });
});

test('muted and archived rooms want nobody', () => {
  const rooms = [room(null, 3, 0, { mutedUntil: 10 }), room('space', 3, 1, { archivedAt: 1 })];
  expect(attention(rooms, 5)).toEqual({ wanted: 0, unread: false });
  expect(attention(rooms, 20)).toEqual({ wanted: 3, unread: true });
});
