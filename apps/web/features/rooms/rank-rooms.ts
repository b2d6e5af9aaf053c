import type { RoomState } from '@confab/client';
import type { RoomInfo } from '@confab/protocol';

/** Rooms that match what is typed, best first: by the beginning of the name, of one of its words, anywhere in it. */
export function rankRooms(
  rooms: readonly RoomState[],
  typed: string,
  titleOf: (info: RoomInfo) => string = ({ name }) => name,
): RoomState[] {
  const wanted = typed.trim().toLowerCase().replace(/^[#@]/, '').replace(/\s+/g, '-');
  return rooms
    .map((room) => ({ room, rank: rankOf(room.info, titleOf(room.info).toLowerCase(), wanted) }))
    .filter(({ rank }) => rank < 9)
    .toSorted((a, b) => a.rank - b.rank || Number(b.room.unread > 0) - Number(a.room.unread > 0))
    .map(({ room }) => room);
}

function rankOf(info: RoomInfo, title: string, wanted: string): number {
  const name = title.replace(/,?\s+/g, '-');
  const archived = info.archivedAt === null ? 0 : 4;
  if (name.startsWith(wanted)) return archived;
  if (name.split(/[-_]/).some((word) => word.startsWith(wanted))) return archived + 1;
  return name.includes(wanted) ? archived + 2 : 9;
}
