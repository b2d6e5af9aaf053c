import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './settings-page.module.css';

export function PasswordSection() {
  const confab = useConfab();
  const toasts = useToasts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { run, busy, failure, code } = useAction(async () => {
    await confab.account.changePassword(current, next);
    setCurrent('');
    setNext('');
    toasts.done(t('Your password was changed. Your other sessions were ended.'));
  });
  const inField = code === 'password-too-weak' || code === 'wrong-credentials';
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
        label={t('Current password')}
        type="password"
        autoComplete="current-password"
        required
        error={code === 'wrong-credentials' ? t('That is not your current password.') : null}
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <TextField
        label={t('New password')}
        type="password"
        autoComplete="new-password"
        required
        hint={t('At least {count, plural, one {# character} other {# characters}}.', {
          count: limits.passwordChars.min,
        })}
        error={code === 'password-too-weak' ? failure : null}
        minLength={limits.passwordChars.min}
        maxLength={limits.passwordChars.max}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <Button type="submit" busy={busy} disabled={current === '' || next === ''}>
        {t('Change password')}
      </Button>
    </form>
  );
}
