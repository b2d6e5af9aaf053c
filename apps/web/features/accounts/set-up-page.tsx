import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';
import { emptyAccount, NewAccountFields, showsInField } from './new-account-fields.tsx';

/** The first run: whoever fills this in owns the instance. */
export default function SetUpPage() {
  const entrance = useEntrance();
  const [account, setAccount] = useState(emptyAccount);
  const [space, setSpace] = useState('');
  const { run, busy, failure, code } = useAction(() =>
    entrance.account.setUp({
      name: account.name.trim(),
      handle: account.handle,
      password: account.password,
      space: space.trim(),
    }),
  );
  return (
    <Entrance
      title={t('Welcome to Confab')}
      lead={t(
        'A place for your team or community to talk, on a server of your own. Make the first account; it owns this place and can invite everyone else.',
      )}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure && !showsInField(code) ? <Banner tone="danger">{failure}</Banner> : null}
        <NewAccountFields {...{ account, failure, code }} onChange={setAccount} />
        <TextField
          label={t('Name of your space')}
          hint={t('Your team, club or household.')}
          required
          maxLength={limits.spaceNameChars}
          value={space}
          onChange={(event) => setSpace(event.target.value)}
        />
        <Button type="submit" look="primary" busy={busy}>
          {t('Create account and space')}
        </Button>
      </form>
    </Entrance>
  );
}
