import type { Confab, RoomState } from '@confab/client';
import type { Person, SpaceId, UserId } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { CommandMistake } from './command.ts';

/**
 * Whom `@handle` means: somebody of the room's space, or of any of one's spaces where the room has none.
 * @throws `CommandMistake` when nobody is called so
 */
export async function findPerson(confab: Confab, room: RoomState | undefined, typed: string): Promise<Person> {
  const handle = typed.replace(/^@/, '').toLowerCase();
  const known = [...confab.people.known.get().values()].find((person) => person.handle === handle);
  const space = room?.info.space ?? null;
  // Somebody who is known may be of another space.
  if (known !== undefined && space === null) return known;
  const spaces = space === null ? confab.spaces.list.get().map(({ id }) => id) : [space];
  for (const each of spaces) {
    const found = await memberOf(confab, each, handle);
    if (found !== undefined) return found;
  }
  throw new CommandMistake(t('Nobody here is called @{handle}.', { handle }));
}

/** Those whom a text such as “@ada @ben” names. */
export async function findPeople(confab: Confab, room: RoomState | undefined, text: string): Promise<Person[]> {
  const found = new Map<UserId, Person>();
  for (const handle of text.split(/[\s,]+/).filter((word) => word !== '')) {
    const person = await findPerson(confab, room, handle);
    found.set(person.id, person);
  }
  return [...found.values()];
}

async function memberOf(confab: Confab, space: SpaceId, handle: string): Promise<Person | undefined> {
  for (let after: UserId | undefined, more = true; more; ) {
    const page = await confab.spaces.members(space, after);
    const found = page.members.find(({ person }) => person.handle === handle);
    if (found !== undefined) return found.person;
    after = page.members.at(-1)?.person.id;
    more = page.more;
  }
  return undefined;
}
