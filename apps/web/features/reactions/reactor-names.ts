import type { Person, Reaction, UserId } from '@confab/protocol';
import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';

/** More names than this become “and 3 others”. */
const mostNames = 8;

const list = perLanguage((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** Who reacted, oneself first: “You, Ada and 3 others”. Those whose names are not known yet are among the others. */
export function reactorNames({ count, users, mine }: Reaction, me: UserId, known: ReadonlyMap<UserId, Person>): string {
  const others = users.filter((user) => user !== me).flatMap((user) => known.get(user)?.name ?? []);
  const names = [...(mine ? [t('You')] : []), ...others].slice(0, mostNames);
  const left = count - names.length;
  if (names.length === 0) return t('{count, plural, one {# person} other {# people}}', { count: left });
  const parts = left === 0 ? names : [...names, t('{count, plural, one {# other} other {# others}}', { count: left })];
  return list().format(parts);
}
