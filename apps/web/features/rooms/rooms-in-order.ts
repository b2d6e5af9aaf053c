import type { Confab, RoomState } from '@confab/client';
import type { RoomId, SpaceId } from '@confab/protocol';
import { listedPlaces } from '../directs/listed-places.ts';
import { isMuted } from '../mentions/is-muted.ts';

/** What the first column lists, from top to bottom: the space's rooms in use, then directs and groups. */
export function roomsInOrder(confab: Confab, space: SpaceId | undefined): RoomState[] {
  const all = confab.rooms.list.get();
  const channels = all.filter(({ info }) => info.space === space && info.archivedAt === null);
  const places = listedPlaces(all, ({ id }) => confab.rooms.titleOf(id)).map(({ room }) => room);
  return [...channels, ...places];
}

/** The room above or below, going round at the ends; from nowhere the first or last. */
export function roomBeside(rooms: readonly RoomState[], here: RoomId | null, by: 1 | -1): RoomState | undefined {
  const at = rooms.findIndex(({ info }) => info.id === here);
  return rooms[(at === -1 && by === -1 ? rooms.length - 1 : at + by + rooms.length) % rooms.length];
}

/** The next room above or below with something unread that one wants to hear of; `undefined` when all is read. */
export function unreadBeside(
  rooms: readonly RoomState[],
  here: RoomId | null,
  by: 1 | -1,
  now: number,
): RoomState | undefined {
  const open = rooms.filter((room) => room.info.id === here || (room.unread > 0 && !isMuted(room, now)));
  const next = open.length === 0 ? undefined : roomBeside(open, here, by);
  return next?.info.id === here ? undefined : next;
}
