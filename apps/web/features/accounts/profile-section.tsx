import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './settings-page.module.css';
import { useSignedIn } from './signed-in.tsx';

/** One's own name. */
export function ProfileSection() {
  const confab = useConfab();
  const { me } = useSignedIn();
  const toasts = useToasts();
  const [name, setName] = useState(me.name);
  const { run, busy, failure } = useAction(async () => {
    await confab.account.rename(name.trim());
    toasts.done(t('Your name was changed.'));
  });
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <TextField
        className={styles.grow}
        label={t('Your name')}
        hint={t('You sign in as @{handle}.', { handle: me.handle })}
        error={failure}
        dir="auto"
        required
        maxLength={limits.personNameChars}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" busy={busy} disabled={name.trim() === '' || name.trim() === me.name}>
        {t('Save')}
      </Button>
    </form>
  );
}
