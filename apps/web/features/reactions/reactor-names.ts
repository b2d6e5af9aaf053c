import type { Person, Reaction, UserId } from '@confab/protocol';

/** More names than this become “and 3 others”. */
const mostNames = 8;

/** Who reacted, oneself first: “You, Ada and 3 others”. Those whose names are not known yet are among the others. */
export function reactorNames({ count, users, mine }: Reaction, me: UserId, known: ReadonlyMap<UserId, Person>): string {
  const others = users.filter((user) => user !== me).flatMap((user) => known.get(user)?.name ?? []);
  const names = [...(mine ? ['You'] : []), ...others].slice(0, mostNames);
  const left = count - names.length;
  if (names.length === 0) return left === 1 ? '1 person' : `${left} people`;
  const parts = left === 0 ? names : [...names, left === 1 ? '1 other' : `${left} others`];
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}
