import type { Confab, RoomState } from '@confab/client';
import type { RoomId, SpaceId } from '@confab/protocol';
import { isMuted } from '../mentions/is-muted.ts';
import { arrangeRooms } from '../sections/arranged-rooms.ts';
import { foldedGroups } from '../sections/folded-groups.ts';

/** What the first column lists, from top to bottom; without archived rooms and what is folded away. */
export function roomsInOrder({ rooms, sections, settings }: Confab, space: SpaceId | undefined): RoomState[] {
  const { roomOrder, roomsShown } = settings.state.get();
  const groups = arrangeRooms(rooms.list.get(), {
    space,
    arrangement: sections.state.get(),
    order: roomOrder,
    shown: roomsShown,
    folded: foldedGroups.get(),
    here: null,
    now: Date.now(),
    titleOf: ({ id }) => rooms.titleOf(id),
  });
  return groups.flatMap((group) => (group.key === 'archived' ? [] : group.rooms));
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
