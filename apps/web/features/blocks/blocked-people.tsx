import { useConfab, useStore } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './blocked-people.module.css';

/** Whom one blocks, and the way to take messages of them again. */
export function BlockedPeople() {
  const blocked = [...useStore(useConfab().blocks.users)];
  if (blocked.length === 0) {
    return <p className={styles.nobody}>{t('Nobody. You can block someone from their profile: press their name.')}</p>;
  }
  return (
    <ul>
      {blocked.map((user) => (
        <Blocked key={user} user={user} />
      ))}
    </ul>
  );
}

function Blocked({ user }: { user: UserId }) {
  const confab = useConfab();
  const person = useStore(confab.people.person(user));
  const { run, busy, failure } = useAction(() => confab.blocks.remove(user));
  const name = person?.name ?? t('Someone you no longer share a space with');
  return (
    <li className={styles.person}>
      <Avatar id={user} name={person?.name ?? ''} picture={person?.picture} size="small" />
      <span className={styles.name}>
        <bdi>{name}</bdi>
      </span>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <Button size="small" busy={busy} aria-label={t('Unblock {name}', { name })} onClick={() => run()}>
        {t('Unblock')}
      </Button>
    </li>
  );
}
