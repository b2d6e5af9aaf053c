import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './entrance.module.css';

interface SignInFormProps {
  /** What else belongs to signing in here, such as accepting an invitation. */
  afterwards?: () => Promise<unknown>;
  action?: string;
}

export function SignInForm({ afterwards, action = t('Sign in') }: SignInFormProps) {
  const { account } = useEntrance();
  const [handle, setHandle] = useState('');
  const [password, setPassword] = useState('');
  const { run, busy, failure } = useAction(async () => {
    await account.signIn({ handle: handle.trim().replace(/^@/, '').toLowerCase(), password });
    await afterwards?.();
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <TextField
        label={t('User name')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={64}
        value={handle}
        onChange={(event) => setHandle(event.target.value)}
      />
      <TextField
        label={t('Password')}
        type="password"
        autoComplete="current-password"
        required
        maxLength={limits.passwordChars.max}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={busy}>
        {action}
      </Button>
    </form>
  );
}
