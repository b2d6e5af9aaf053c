import type { Person } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { PresentAvatar } from '../presence/present-avatar.tsx';
import styles from './people-list.module.css';

/** Somebody in a list that one chooses from: face, name and handle. */
export function ListedPerson({ person }: { person: Person }) {
  const { me } = useSignedIn();
  return (
    <>
      <PresentAvatar person={person} />
      <span className={styles.about}>
        <span className={styles.name}>
          <bdi>{person.id === me.id ? t('{name} (you)', { name: person.name }) : person.name}</bdi>
        </span>
        <span className={styles.handle}>@{person.handle}</span>
      </span>
    </>
  );
}
