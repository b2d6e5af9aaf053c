import type { LoggedEvent } from './events.ts';
import type { RoomId } from './ids.ts';
import type { RoomPlace, Section } from './sections.ts';

/** One’s own list of rooms: its sections in their order, and the rooms that stand somewhere in particular. */
export interface RoomArrangement {
  readonly sections: readonly Section[];
  readonly places: ReadonlyMap<RoomId, RoomPlace>;
}

export const noArrangement: RoomArrangement = { sections: [], places: new Map() };

export function arrangementOf(home: { sections: readonly Section[]; places: readonly RoomPlace[] }): RoomArrangement {
  return { sections: home.sections, places: new Map(home.places.map((place) => [place.room, place])) };
}

/** After an event of one’s inbox. */
export function withSectionEvent(before: RoomArrangement, event: LoggedEvent): RoomArrangement {
  if (event.event === 'inbox.room-placed') return { ...before, places: withPlace(before.places, event.data) };
  if (event.event !== 'inbox.sections-changed') return before;
  const { sections } = event.data;
  const known = new Set(sections.map(({ id }) => id));
  let places = before.places;
  for (const { section, ...place } of before.places.values()) {
    if (section !== undefined && !known.has(section)) places = withPlace(places, place);
  }
  return { sections, places };
}

/** A room that stands nowhere in particular is not kept. */
export function withPlace(before: ReadonlyMap<RoomId, RoomPlace>, place: RoomPlace): ReadonlyMap<RoomId, RoomPlace> {
  const places = new Map(before);
  if (place.section === undefined && place.favourite === undefined) places.delete(place.room);
  else places.set(place.room, place);
  return places;
}
