import type { InstanceView } from '@confab/protocol';
import { lazy, useState } from 'react';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';
import { SignInForm } from './sign-in-form.tsx';

const SignUpForm = lazy(() => import('./sign-up-form.tsx'));

/** Shows at every address while nobody is signed in; the address then opens by itself. */
export function SignInPage({ instance }: { instance: InstanceView }) {
  const [isNew, setIsNew] = useState(false);
  if (isNew) {
    return (
      <Entrance title={`Join ${instance.name}`} lead="Make your account. It takes a minute.">
        <SignUpForm action="Create account" />
        <p className={styles.aside}>
          Already have an account?{' '}
          <button type="button" className={styles.link} onClick={() => setIsNew(false)}>
            Sign in
          </button>
        </p>
      </Entrance>
    );
  }
  return (
    <Entrance title={`Sign in to ${instance.name}`} lead="Good to have you here.">
      <SignInForm />
      <p className={styles.aside}>
        {instance.signUp === 'open' ? (
          <>
            New here?{' '}
            <button type="button" className={styles.link} onClick={() => setIsNew(true)}>
              Create an account
            </button>
          </>
        ) : (
          'New here? Ask someone of this place for an invitation link. Forgot your password? An admin can help.'
        )}
      </p>
    </Entrance>
  );
}
