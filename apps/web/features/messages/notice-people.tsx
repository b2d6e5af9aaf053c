import type { UserId } from '@confab/protocol';
import { Fragment, useState } from 'react';
import { perLanguage } from '../../language/language.ts';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import type { NoticeLine, PeopleVerb } from './notice-groups.ts';
import styles from './notice-row.module.css';

/** So many are named at first; the others when asked for. */
const namedAtFirst = 3;
/** Stands for the others in the list of names. */
const moreKey = '…';

/** In other languages the verb goes with how many they are. */
const sentences: Readonly<Record<PeopleVerb, Sentence>> = {
  added: sentence('{count, plural, one {<person/> added <people/>} other {<person/> added <people/>}}'),
  removed: sentence('{count, plural, one {<person/> removed <people/>} other {<person/> removed <people/>}}'),
  joined: sentence('{count, plural, one {<people/> joined} other {<people/> joined}}'),
  left: sentence('{count, plural, one {<people/> left} other {<people/> left}}'),
};

/** English without the comma before “and”, as the other sentences have it. */
const list = perLanguage(
  (locale) => new Intl.ListFormat(locale.startsWith('en') ? 'en-GB' : locale, { type: 'conjunction' }),
);

/** “Ada added Bo, Cy, Di and 2 more”, “Bo and Cy joined”. */
export function NoticePeople({ line }: { line: Extract<NoticeLine, { kind: 'people' }> }) {
  const { by, verb, people } = line;
  return (
    <Trans
      sentence={sentences[verb]}
      values={{ count: people.length }}
      parts={{
        people: () => <Names people={people} />,
        person: () => (by === null ? null : <PersonName user={by} />),
      }}
    />
  );
}

function Names({ people }: { people: readonly UserId[] }) {
  const [all, setAll] = useState(false);
  const named = all ? people : people.slice(0, namedAtFirst);
  const more = people.length - named.length;
  const others = (
    <button key={moreKey} type="button" className={styles.more} onClick={() => setAll(true)}>
      {t('{count, plural, one {# more} other {# more}}', { count: more })}
    </button>
  );
  const parts = list().formatToParts([...named, ...(more > 0 ? [moreKey] : [])]);
  return parts.map(({ type, value }, index) => {
    if (type === 'literal') {
      // biome-ignore lint/suspicious/noArrayIndexKey: what stands between two names has nothing else to be known by
      return <Fragment key={index}>{value}</Fragment>;
    }
    return value === moreKey ? others : <PersonName key={value} user={value as UserId} />;
  });
}
