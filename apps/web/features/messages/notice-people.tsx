import type { UserId } from '@confab/protocol';
import { Fragment, useState } from 'react';
import { PersonName } from '../accounts/person-name.tsx';
import type { NoticeLine } from './notice-groups.ts';
import styles from './notice-row.module.css';

/** So many are named at first; the others when asked for. */
const namedAtFirst = 3;

/** “Ada added Bo, Cy, Di and 2 more”, “Bo and Cy joined”. */
export function NoticePeople({ line }: { line: Extract<NoticeLine, { kind: 'people' }> }) {
  const { by, verb, people } = line;
  if (by === null) {
    return (
      <>
        <Names people={people} /> {verb}
      </>
    );
  }
  return (
    <>
      <PersonName user={by} /> {verb} <Names people={people} />
    </>
  );
}

function Names({ people }: { people: readonly UserId[] }) {
  const [all, setAll] = useState(false);
  const named = all ? people : people.slice(0, namedAtFirst);
  const more = people.length - named.length;
  return (
    <>
      {named.map((person, index) => (
        <Fragment key={person}>
          {index === 0 ? '' : index === people.length - 1 ? ' and ' : ', '}
          <PersonName user={person} />
        </Fragment>
      ))}
      {more > 0 ? (
        <>
          {' and '}
          <button type="button" className={styles.more} onClick={() => setAll(true)}>
            {more} more
          </button>
        </>
      ) : null}
    </>
  );
}
