import type { AccountState } from '@confab/client';
import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { Splash } from '../../app/splash.tsx';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import entrance from '../accounts/entrance.module.css';
import { Entrance } from '../accounts/entrance.tsx';
import { SignInForm } from '../accounts/sign-in-form.tsx';
import SignUpForm from '../accounts/sign-up-form.tsx';

interface JoinPageProps {
  token: string;
  account: Extract<AccountState, { status: 'signed-in' | 'signed-out' }>;
}

/** Where an invitation link leads: says who invites to what, then the shortest way in. */
export default function JoinPage({ token, account }: JoinPageProps) {
  const { call } = useEntrance();
  const { go } = useNavigation();
  const [hasAccount, setHasAccount] = useState(false);
  const invite = useLoaded(() => call('invite.look-up', { token }), token);
  const home = () => go({ page: 'home' }, { replace: true });
  const accept = async () => {
    await call('invite.accept', { token });
    home();
  };
  if (invite.status === 'loading') return <Splash />;
  if (invite.status === 'failed') {
    return (
      <Entrance title="This invitation does not work" lead={invite.failure}>
        <Button look="primary" onClick={home}>
          {account.status === 'signed-in' ? 'Back to your rooms' : 'Sign in instead'}
        </Button>
      </Entrance>
    );
  }
  const title = `Join ${invite.value.space.name}`;
  const lead = `${invite.value.invitedBy} invites you to ${invite.value.space.name}, a place to talk on ${account.instance.name}.`;
  if (invite.value.claims) {
    return <ClaimPage {...{ token, account }} claims={invite.value.claims} space={invite.value.space.name} />;
  }
  if (account.status === 'signed-in') {
    return (
      <Entrance title={title} lead={lead}>
        <Accept name={account.me.name} onAccept={accept} onLeave={home} />
      </Entrance>
    );
  }
  return (
    <Entrance title={title} lead={lead}>
      {hasAccount ? (
        <SignInForm action="Sign in and join" afterwards={accept} />
      ) : (
        <SignUpForm invite={token} action="Create account and join" afterwards={home} />
      )}
      <p className={entrance.aside}>
        {hasAccount ? 'New here? ' : 'Already have an account here? '}
        <button type="button" className={entrance.link} onClick={() => setHasAccount(!hasAccount)}>
          {hasAccount ? 'Create an account' : 'Sign in'}
        </button>
      </p>
    </Entrance>
  );
}

interface ClaimPageProps extends JoinPageProps {
  claims: { handle: string; name: string };
  space: string;
}

/** What one said elsewhere is here already, under an account that waits for a password. */
function ClaimPage({ token, account, claims, space }: ClaimPageProps) {
  const { go } = useNavigation();
  const home = () => go({ page: 'home' }, { replace: true });
  if (account.status === 'signed-in') {
    return (
      <Entrance
        title="This link is for somebody who has no account yet"
        lead={`You are signed in as ${account.me.name}. To take over the account of ${claims.name}, sign out and open the link again.`}
      >
        <Button look="primary" onClick={home}>
          Back to your rooms
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance
      title={`Welcome to ${space}, ${claims.name}`}
      lead="What you wrote before is here already. Choose a password, and the account is yours."
    >
      <SignUpForm invite={token} known={claims} action="Take over my account" afterwards={home} />
    </Entrance>
  );
}

interface AcceptProps {
  name: string;
  onAccept: () => Promise<void>;
  onLeave: () => void;
}

function Accept({ name, onAccept, onLeave }: AcceptProps) {
  const { run, busy, failure } = useAction(onAccept);
  return (
    <div className={entrance.form}>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <Button look="primary" busy={busy} onClick={() => run()}>{`Join as ${name}`}</Button>
      <Button onClick={onLeave}>Not now</Button>
    </div>
  );
}
