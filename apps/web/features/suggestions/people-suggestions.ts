import type { Confab, RoomState } from '@confab/client';
import type { PeopleGroup, Person, RoomId, RoomInfo, SpaceId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { sentence, t } from '../../language/sentences.ts';
import { bestOf, type Suggestion, type SuggestionSource } from './suggestion.ts';

/** Who is in a room changes slowly. */
const keptForMs = 60_000;

const everyone = [
  { word: 'room', does: sentence('Everyone in this room') },
  { word: 'here', does: sentence('Those who are here now') },
] as const;

/**
 * Those who may see the room: its members, then, where it is public, others of its space; the space's groups of people;
 * and the words for everyone.
 */
export const suggestPeople: SuggestionSource = async (typed, { confab, room }) => {
  if (room === undefined) return [];
  const { space, kind } = room.info;
  // Looked at before the people are waited for: it is asked for at the first look.
  const groups = space === null ? null : confab.groups.of(space);
  const people = await peopleOf(confab, room, typed);
  const named = bestOf([...people, ...(groups?.get() ?? [])], typed, ({ handle, name }) => [handle, name]);
  const words = kind === 'direct' ? [] : bestOf(everyone, typed, ({ word }) => [word]);
  return [
    ...named.map((entry) => ('people' in entry ? suggestGroup(entry) : suggestPerson(entry))),
    ...words.map(
      ({ word, does }): Suggestion => ({
        key: word,
        insert: `@${word}`,
        title: `@${word}`,
        detail: t(does),
        lead: { kind: 'sign', text: '@' },
      }),
    ),
  ];
};

function suggestPerson(person: Person): Suggestion {
  const { id, handle, name } = person;
  return { key: id, insert: `@${handle}`, title: name, detail: `@${handle}`, lead: { kind: 'person', person } };
}

function suggestGroup({ id, handle, name, people }: PeopleGroup): Suggestion {
  const size = t('{count, plural, one {# person} other {# people}}', { count: people.length });
  return { key: id, insert: `@${handle}`, title: name, detail: `@${handle} · ${size}`, lead: { kind: 'group' } };
}

interface Found {
  readonly people: readonly Person[];
  /** There are more than the server told. */
  readonly more: boolean;
}

/** What was found lately of one room, by what was typed; '' for the first of everyone. */
let kept: { room: RoomId; at: number; found: Map<string, Promise<Found>> } | null = null;

/** The first page of everyone where that is all; otherwise the server looks for those who are called so. */
async function peopleOf(confab: Confab, room: RoomState, typed: string): Promise<readonly Person[]> {
  const first = await foundIn(confab, room, '');
  if (!first.more || typed === '') return first.people;
  const named = await foundIn(confab, room, typed.slice(0, limits.nameSearchChars).toLowerCase());
  const ids = new Set(named.people.map(({ id }) => id));
  return [...named.people, ...first.people.filter(({ id }) => !ids.has(id))];
}

function foundIn(confab: Confab, room: RoomState, typed: string): Promise<Found> {
  const { id } = room.info;
  if (kept?.room !== id || Date.now() - kept.at > keptForMs) kept = { room: id, at: Date.now(), found: new Map() };
  const { found } = kept;
  const before = found.get(typed);
  if (before) return before;
  const asked = askFor(confab, room, typed);
  found.set(typed, asked);
  // The connection may be back the next time.
  asked.catch(() => found.delete(typed));
  return asked;
}

async function askFor(confab: Confab, { info }: RoomState, typed: string): Promise<Found> {
  const text = typed === '' ? undefined : typed;
  const account = confab.account.state.get();
  const me = account.status === 'signed-in' ? account.me.id : null;
  const inRoom = await confab.rooms.members(info.id, undefined, text);
  const space = info.visibility === 'public' ? spaceOf(confab, info) : null;
  const inSpace = space === null ? null : await confab.spaces.members(space, undefined, text);
  const found = new Map<UserId, Person>();
  for (const { person } of [...inRoom.members, ...(inSpace?.members ?? [])]) {
    if (!person.bot && !person.disabled && person.id !== me) found.set(person.id, person);
  }
  return { people: [...found.values()], more: inRoom.more || inSpace?.more === true };
}

/** The room's space, if one may know who is in it: guests may not. */
function spaceOf(confab: Confab, { space }: RoomInfo): SpaceId | null {
  const role = confab.spaces.list.get().find(({ id }) => id === space)?.role;
  return role === undefined || role === 'guest' ? null : space;
}
