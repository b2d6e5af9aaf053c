import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './mail.module.css';

interface EmailFormProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Where one gives an address, with one's password: whoever finds a session open is not to have one's mail. */
export function EmailForm({ onDone, onCancel }: EmailFormProps) {
  const confab = useConfab();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { run, busy, failure, code } = useAction(async () => {
    await confab.call('account.set-email', { email: email.trim(), password });
    onDone();
  });
  const inField = code === 'wrong-credentials' || code === 'invalid-params';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {failure && !inField ? <Banner tone="danger">{failure}</Banner> : null}
      <TextField
        label={t('E-mail address')}
        type="email"
        autoComplete="email"
        required
        maxLength={limits.emailChars}
        error={code === 'invalid-params' ? t('No mail can be sent to this address. Check how it is written.') : null}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={t('Your password here')}
        type="password"
        autoComplete="current-password"
        required
        error={code === 'wrong-credentials' ? t('That is not your password.') : null}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" busy={busy} disabled={email === '' || password === ''}>
          {t('Save address')}
        </Button>
        <Button onClick={onCancel}>{t('Cancel')}</Button>
      </div>
    </form>
  );
}
