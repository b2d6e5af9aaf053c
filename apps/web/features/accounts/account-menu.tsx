import { useConfab, useStore } from '@confab/client/react';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { lazyMenu } from '../../ui/menu.tsx';
import { StatusMark } from '../status/status-mark.tsx';
import styles from './account-menu.module.css';
import { useSignedIn } from './signed-in.tsx';

const AccountChoices = lazyMenu(() => import('./account-choices.tsx'));

/** Oneself at the foot of the room list, and everything that is about oneself. */
export function AccountMenu() {
  const confab = useConfab();
  const { me } = useSignedIn();
  const connection = useStore(confab.connection);
  const { presence } = useStore(confab.settings.state);
  const shown = connection.status === 'online' ? (presence === 'away' ? 'away' : 'online') : 'offline';
  return (
    <AccountChoices
      trigger={
        <button type="button" className={styles.me} aria-label={t('Your account: {name}', { name: me.name })}>
          <Avatar id={me.id} name={me.name} picture={me.picture} size="small" presence={shown} />
          <span className={styles.name}>
            <bdi>{me.name}</bdi>
          </span>
          <StatusMark user={me.id} />
        </button>
      }
    />
  );
}
