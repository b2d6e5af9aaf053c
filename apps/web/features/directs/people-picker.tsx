import { useConfab } from '@confab/client/react';
import type { Person, UserId } from '@confab/protocol';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { classNames } from '../../ui/class-names.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ListedPerson } from '../people/listed-person.tsx';
import people from '../people/people-list.module.css';
import { everyoneKnown } from '../spaces/everyone.ts';
import styles from './people-picker.module.css';

/** People shown at most; more letters bring up the rest. */
const maxShown = 50;

interface PeoplePickerProps {
  chosen: readonly Person[];
  onChange: (chosen: Person[]) => void;
  /** Who cannot be chosen because they are there already. */
  without: ReadonlySet<UserId>;
  /** How many may be chosen. */
  most: number;
  /** Whether the search has the focus first. */
  first?: boolean;
}

/** Chooses people by name: those chosen stand on top, a press on anyone adds or takes away. */
export function PeoplePicker({ chosen, onChange, without, most, first = true }: PeoplePickerProps) {
  const confab = useConfab();
  const [search, setSearch] = useState('');
  const known = useLoaded(() => everyoneKnown(confab), 'everyone');
  const wanted = search.trim().toLowerCase().replace(/^@/, '');
  const isWanted = ({ name, handle }: Person) => name.toLowerCase().includes(wanted) || handle.includes(wanted);
  const shown =
    known.status === 'ready' ? known.value.filter((person) => !without.has(person.id) && isWanted(person)) : [];
  const isChosen = ({ id }: Person) => chosen.some((other) => other.id === id);
  const toggle = (person: Person) => {
    if (isChosen(person)) onChange(chosen.filter(({ id }) => id !== person.id));
    else if (chosen.length < most) onChange([...chosen, person]);
    else return;
    setSearch('');
  };
  return (
    <>
      {chosen.length > 0 ? (
        <ul className={styles.chosen} aria-label={t('Chosen')}>
          {chosen.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className={styles.chip}
                aria-label={t('Take {name} out', { name: person.name })}
                onClick={() => toggle(person)}
              >
                <bdi>{person.name}</bdi>
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <SearchField
        label={t('Search people')}
        autoFocus={first}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          const [best] = shown;
          if (event.key !== 'Enter' || wanted === '' || best === undefined) return;
          event.preventDefault();
          toggle(best);
        }}
      />
      {known.status === 'failed' ? <Banner tone="danger">{known.failure}</Banner> : null}
      {known.status === 'loading' ? <Skeleton rows={4} /> : null}
      {known.status === 'ready' && shown.length === 0 ? (
        <p className={people.nobody}>{absence(wanted, without)}</p>
      ) : null}
      <ul className={classNames(people.list, styles.list)}>
        {shown.slice(0, maxShown).map((person) => (
          <Choosable key={person.id} person={person} chosen={isChosen(person)} onToggle={() => toggle(person)} />
        ))}
      </ul>
    </>
  );
}

function Choosable({ person, chosen, onToggle }: { person: Person; chosen: boolean; onToggle: () => void }) {
  return (
    <li>
      <button
        type="button"
        className={classNames(people.person, styles.choosable)}
        aria-pressed={chosen}
        onClick={onToggle}
      >
        <ListedPerson person={person} />
        {chosen ? <Check className={styles.check} size={18} aria-hidden /> : null}
      </button>
    </li>
  );
}

/** Why nobody is listed. */
function absence(wanted: string, without: ReadonlySet<UserId>): string {
  if (wanted !== '') return t('Nobody here is called that.');
  return without.size > 0 ? t('Everyone you could add is here already.') : t('There is nobody else here yet.');
}
