import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useAction } from '../../app/use-action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './entrance.module.css';
import { emptyAccount, NewAccountFields, showsInField } from './new-account-fields.tsx';

interface SignUpFormProps {
  /** An invitation's token; without, only where anyone may sign up. */
  invite?: string;
  action: string;
  /** What the account is called that the invitation is for. */
  known?: { readonly handle: string; readonly name: string };
  afterwards?: () => void;
}

export default function SignUpForm({ invite, action, known, afterwards }: SignUpFormProps) {
  const entrance = useEntrance();
  const [account, setAccount] = useState({ ...emptyAccount, ...known, handleTouched: known !== undefined });
  const { run, busy, failure, code } = useAction(async () => {
    await entrance.account.signUp({
      name: account.name.trim(),
      handle: account.handle,
      password: account.password,
      ...(invite === undefined ? {} : { invite }),
    });
    afterwards?.();
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {failure && !showsInField(code) ? <Banner tone="danger">{failure}</Banner> : null}
      <NewAccountFields {...{ account, failure, code }} onChange={setAccount} />
      <Button type="submit" look="primary" busy={busy}>
        {action}
      </Button>
    </form>
  );
}
