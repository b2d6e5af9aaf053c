import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PictureField } from '../pictures/picture-field.tsx';
import styles from './settings-page.module.css';
import { useSignedIn } from './signed-in.tsx';

/** One's own picture and name. */
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
    <div className={styles.form}>
      <PictureField pictured={me.picture !== undefined} onSet={(picture) => confab.account.setPicture(picture)}>
        <Avatar id={me.id} name={me.name} picture={me.picture} size="large" />
      </PictureField>
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
    </div>
  );
}
