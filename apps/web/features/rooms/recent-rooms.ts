import type { RoomId, UserId } from '@confab/protocol';

const mostKept = 30;
const keyOf = (user: UserId) => `confab:recent-rooms:${user}`;

/** Rooms that somebody had open on this device, the last first. Ids only. */
export const recentRooms = {
  read(user: UserId): RoomId[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(keyOf(user)) ?? '[]');
      return Array.isArray(kept) ? kept.filter((id): id is RoomId => typeof id === 'string') : [];
    } catch {
      return [];
    }
  },
  add(user: UserId, room: RoomId): void {
    const others = recentRooms.read(user).filter((id) => id !== room);
    localStorage.setItem(keyOf(user), JSON.stringify([room, ...others].slice(0, mostKept)));
  },
};
