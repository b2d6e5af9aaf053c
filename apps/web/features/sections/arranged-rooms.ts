import type { RoomState } from '@confab/client';
import type { RoomId, RoomInfo, Section, Settings, SpaceId } from '@confab/protocol';
import type { RoomArrangement } from '@confab/protocol/sections-fold.ts';
import { perLanguage } from '../../language/language.ts';
import { isMuted } from '../mentions/is-muted.ts';

/** A part of the room list: one's own sections, and those that are always there. */
export interface RoomGroup {
  /** `favourites`, `public`, `private`, `directs`, `archived`, or a section's id. */
  readonly key: string;
  readonly section?: Section;
  /** Those that show: of a folded group only the one that is open and what is unread. */
  readonly rooms: readonly RoomState[];
  readonly folded: boolean;
  /** How many it has, shown or not. */
  readonly size: number;
}

export interface ListView {
  readonly space: SpaceId | undefined;
  readonly arrangement: RoomArrangement;
  readonly order: Settings['roomOrder'];
  readonly shown: Settings['roomsShown'];
  /** Fixed groups that are folded on this device. */
  readonly folded: ReadonlySet<string>;
  readonly here: RoomId | null;
  readonly now: number;
  titleOf(info: RoomInfo): string;
  /** Where rooms stood when one began to point at the list: they stay there. */
  readonly still?: ReadonlyMap<RoomId, number> | null;
}

const byTitle = perLanguage((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));

/** The room list from top to bottom. Sections and directs are there though they are empty, the others only with rooms in them. */
export function arrangeRooms(rooms: readonly RoomState[], view: ListView): RoomGroup[] {
  const { space, arrangement, folded, here, now } = view;
  const sections = arrangement.sections.filter((section) => section.space === space);
  const keys = ['favourites', ...sections.map(({ id }) => id), 'public', 'private', 'directs', 'archived'];
  const groups = new Map<string, RoomState[]>(keys.map((key) => [key, []]));
  for (const room of rooms) groups.get(keyOf(room, view, groups))?.push(room);
  const isWanted = (room: RoomState) => room.unread > 0 && !isMuted(room, now);
  const stays = ({ info }: RoomState) => info.id === here || view.still?.has(info.id) === true;
  return [...groups].flatMap(([key, all]): RoomGroup[] => {
    const section = sections.find(({ id }) => id === key);
    const closed = section?.collapsed ?? folded.has(key);
    const only = (closed && key !== 'archived') || view.shown === 'unread';
    const always = section !== undefined || key === 'directs';
    if (!always && (all.length === 0 || (key === 'archived' && view.shown === 'unread'))) return [];
    const listed = key === 'archived' && closed ? [] : only ? all.filter((room) => isWanted(room) || stays(room)) : all;
    const sorted = inOrder(listed, view, isWanted);
    return [{ key, ...(section ? { section } : {}), rooms: sorted, folded: closed, size: all.length }];
  });
}

function keyOf({ info, closed }: RoomState, { space, arrangement }: ListView, groups: ReadonlyMap<string, unknown>) {
  const direct = info.space === null;
  if (direct ? closed : info.space !== space) return '';
  if (info.archivedAt !== null) return 'archived';
  const place = arrangement.places.get(info.id);
  if (place?.favourite) return 'favourites';
  if (place?.section !== undefined && groups.has(place.section)) return place.section;
  return direct ? 'directs' : info.visibility;
}

function inOrder(
  rooms: readonly RoomState[],
  { order, titleOf, still }: ListView,
  wanted: (room: RoomState) => boolean,
) {
  const sortable = rooms.map((room) => ({ room, title: titleOf(room.info), at: still?.get(room.info.id) ?? Infinity }));
  const unreadFirst = order === 'unread-first';
  sortable.sort((a, b) => {
    if (a.at !== b.at) return a.at - b.at;
    const unread = unreadFirst ? Number(wanted(b.room)) - Number(wanted(a.room)) : 0;
    return unread || byTitle().compare(a.title, b.title);
  });
  return sortable.map(({ room }) => room);
}
