import { bestOf, type SuggestionSource } from './suggestion.ts';

/** Rooms one is in, those of the same space alone: others would not find them by their name. */
export const suggestRooms: SuggestionSource = (typed, { confab, room }) => {
  const rooms = confab.rooms.list
    .get()
    .map(({ info }) => info)
    .filter(({ kind, space, archivedAt }) => kind === 'channel' && archivedAt === null && space === room?.info.space);
  return bestOf(rooms, typed, (info) => [info.name]).map((info) => ({
    key: info.id,
    insert: `#${info.name}`,
    title: info.name,
    ...(info.topic === '' ? {} : { detail: info.topic }),
    lead: { kind: 'room', room: info },
  }));
};
