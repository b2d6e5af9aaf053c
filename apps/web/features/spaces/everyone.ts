import type { Confab } from '@confab/client';
import type { Person, UserId } from '@confab/protocol';

/** People asked for at most before one has to search: pages of `limits.peoplePerPage`. */
const maxPages = 10;

type PageOfPeople = (after?: UserId) => Promise<{ members: { person: Person }[]; more: boolean }>;

/** All who are in something, as far as they are ever shown. */
export async function everyone(page: PageOfPeople): Promise<Person[]> {
  const people: Person[] = [];
  for (let count = 0; count < maxPages; count += 1) {
    const { members, more } = await page(people.at(-1)?.id);
    people.push(...members.map(({ person }) => person));
    if (!more) break;
  }
  return people;
}

/** Everybody whom one may write to, by name: of one's spaces, and for guests who shares a room with them. */
export async function everyoneKnown(confab: Confab): Promise<Person[]> {
  const found = new Map(confab.people.known.get());
  const spaces = confab.spaces.list.get().filter(({ role }) => role !== 'guest');
  const pages = await Promise.all(spaces.map(({ id }) => everyone((after) => confab.spaces.members(id, after))));
  for (const person of pages.flat()) found.set(person.id, person);
  return [...found.values()]
    .filter(({ disabled, bot }) => !disabled && !bot)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
