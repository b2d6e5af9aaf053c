import type { RoomState } from '@confab/client';

/** Rooms that match what is typed, best first: by the beginning of the name, of one of its words, anywhere in it. */
export function rankRooms(rooms: readonly RoomState[], typed: string): RoomState[] {
  const wanted = typed.trim().toLowerCase().replace(/^#/, '').replace(/\s+/g, '-');
  return rooms
    .map((room) => ({ room, rank: rankOf(room, wanted) }))
    .filter(({ rank }) => rank < 9)
    .toSorted((a, b) => a.rank - b.rank || Number(b.room.unread > 0) - Number(a.room.unread > 0))
    .map(({ room }) => room);
}

function rankOf({ info }: RoomState, wanted: string): number {
  const name = info.name.toLowerCase();
  const archived = info.archivedAt === null ? 0 : 4;
  if (name.startsWith(wanted)) return archived;
  if (name.split(/[-_]/).some((word) => word.startsWith(wanted))) return archived + 1;
  return name.includes(wanted) ? archived + 2 : 9;
}
