import type { Confab, RoomState } from '@confab/client';
import type { PeopleGroup, Person, RoomId, UserId } from '@confab/protocol';
import { bestOf, type Suggestion, type SuggestionSource } from './suggestion.ts';

/** Pages of members that are asked for: more people than anybody looks through. */
const mostPages = 5;
/** Who is in a room changes slowly. */
const keptForMs = 60_000;

const everyone = [
  { word: 'room', does: 'Everyone in this room' },
  { word: 'here', does: 'Those who are here now' },
] as const;

let kept: { room: RoomId; at: number; people: Promise<readonly Person[]> } | null = null;

/**
 * Those who may see the room: its members, then, where it is public, others of its space; the space's groups of people;
 * and the words for everyone.
 */
export const suggestPeople: SuggestionSource = async (typed, { confab, room }) => {
  if (room === undefined) return [];
  const { space, kind } = room.info;
  // Looked at before the people are waited for: it is asked for at the first look.
  const groups = space === null ? null : confab.groups.of(space);
  const people = await peopleOf(confab, room);
  const named = bestOf([...people, ...(groups?.get() ?? [])], typed, ({ handle, name }) => [handle, name]);
  const words = kind === 'direct' ? [] : bestOf(everyone, typed, ({ word }) => [word]);
  return [
    ...named.map((entry) => ('people' in entry ? suggestGroup(entry) : suggestPerson(entry))),
    ...words.map(
      ({ word, does }): Suggestion => ({
        key: word,
        insert: `@${word}`,
        title: `@${word}`,
        detail: does,
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
  const size = people.length === 1 ? '1 person' : `${people.length} people`;
  return { key: id, insert: `@${handle}`, title: name, detail: `@${handle} · ${size}`, lead: { kind: 'group' } };
}

function peopleOf(confab: Confab, room: RoomState): Promise<readonly Person[]> {
  const { id } = room.info;
  if (kept?.room !== id || Date.now() - kept.at > keptForMs) {
    const people = loadPeople(confab, room);
    kept = { room: id, at: Date.now(), people };
    // The connection may be back the next time.
    people.catch(() => {
      if (kept?.people === people) kept = null;
    });
  }
  return kept.people;
}

async function loadPeople(confab: Confab, { info }: RoomState): Promise<readonly Person[]> {
  const found = new Map<UserId, Person>();
  const account = confab.account.state.get();
  const me = account.status === 'signed-in' ? account.me.id : null;
  const learn = (members: readonly { person: Person }[]) => {
    for (const { person } of members) {
      if (!person.bot && !person.disabled && person.id !== me) found.set(person.id, person);
    }
    return members.at(-1)?.person.id;
  };
  await pages(async (after) => {
    const { members, more } = await confab.rooms.members(info.id, after);
    return { last: learn(members), more };
  });
  const { space } = info;
  if (space !== null && info.visibility === 'public') {
    await pages(async (after) => {
      const { members, more } = await confab.spaces.members(space, after);
      return { last: learn(members), more };
    });
  }
  return [...found.values()];
}

async function pages(load: (after?: UserId) => Promise<{ last: UserId | undefined; more: boolean }>): Promise<void> {
  let after: UserId | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { last, more } = await load(after);
    if (!more) return;
    after = last;
  }
}
