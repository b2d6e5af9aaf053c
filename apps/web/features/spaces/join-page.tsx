import type { AccountState } from '@confab/client';
import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { Splash } from '../../app/splash.tsx';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
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
      <Entrance title={t('This invitation does not work')} lead={invite.failure}>
        <Button look="primary" onClick={home}>
          {account.status === 'signed-in' ? t('Back to your rooms') : t('Sign in instead')}
        </Button>
      </Entrance>
    );
  }
  const title = t('Join {name}', { name: invite.value.space.name });
  const lead = t('{person} invites you to {space}, a place to talk on {instance}.', {
    person: invite.value.invitedBy,
    space: invite.value.space.name,
    instance: account.instance.name,
  });
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
        <SignInForm action={t('Sign in and join')} afterwards={accept} />
      ) : (
        <SignUpForm invite={token} action={t('Create account and join')} afterwards={home} />
      )}
      <p className={entrance.aside}>
        <Trans
          sentence={
            hasAccount
              ? sentence('New here? <link>Create an account</link>')
              : sentence('Already have an account here? <link>Sign in</link>')
          }
          parts={{
            link: (words) => (
              <button type="button" className={entrance.link} onClick={() => setHasAccount(!hasAccount)}>
                {words}
              </button>
            ),
          }}
        />
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
        title={t('This link is for somebody who has no account yet')}
        lead={t('You are signed in as {name}. To take over the account of {other}, sign out and open the link again.', {
          name: account.me.name,
          other: claims.name,
        })}
      >
        <Button look="primary" onClick={home}>
          {t('Back to your rooms')}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance
      title={t('Welcome to {space}, {name}', { space, name: claims.name })}
      lead={t('What you wrote before is here already. Choose a password, and the account is yours.')}
    >
      <SignUpForm invite={token} known={claims} action={t('Take over my account')} afterwards={home} />
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
      <Button look="primary" busy={busy} onClick={() => run()}>
        {t('Join as {name}', { name })}
      </Button>
      <Button onClick={onLeave}>{t('Not now')}</Button>
    </div>
  );
}
