import type { RoomState } from '@confab/client';
import type { RoomInfo } from '@confab/protocol';

export interface ListedPlace {
  readonly room: RoomState;
  readonly title: string;
}

const byTitle = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Directs and groups that are not closed, by title. */
export function listedPlaces(rooms: readonly RoomState[], titleOf: (info: RoomInfo) => string): ListedPlace[] {
  return rooms
    .filter(({ info, closed }) => info.space === null && !closed)
    .map((room) => ({ room, title: titleOf(room.info) }))
    .toSorted((a, b) => byTitle.compare(a.title, b.title));
}
