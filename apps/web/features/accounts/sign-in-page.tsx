import type { InstanceView } from '@confab/protocol';
import { useState } from 'react';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { lazy } from '../../ui/lazy.ts';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';
import { SignInForm } from './sign-in-form.tsx';

const SignUpForm = lazy(() => import('./sign-up-form.tsx'));

/** Shows at every address while nobody is signed in; the address then opens by itself. */
export function SignInPage({ instance }: { instance: InstanceView }) {
  const [isNew, setIsNew] = useState(false);
  if (isNew) {
    return (
      <Entrance title={t('Join {name}', { name: instance.name })} lead={t('Make your account. It takes a minute.')}>
        <SignUpForm action={t('Create account')} />
        <p className={styles.aside}>
          <Trans
            sentence={sentence('Already have an account? <link>Sign in</link>')}
            parts={{ link: (words) => <AsideLink words={words} onClick={() => setIsNew(false)} /> }}
          />
        </p>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('Sign in to {name}', { name: instance.name })} lead={t('Good to have you here.')}>
      <SignInForm />
      <p className={styles.aside}>
        {instance.signUp === 'open' ? (
          <Trans
            sentence={sentence('New here? <link>Create an account</link>')}
            parts={{ link: (words) => <AsideLink words={words} onClick={() => setIsNew(true)} /> }}
          />
        ) : (
          t('New here? Ask someone of this place for an invitation link. Forgot your password? An admin can help.')
        )}
      </p>
    </Entrance>
  );
}

function AsideLink({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.link} onClick={onClick}>
      {words}
    </button>
  );
}
