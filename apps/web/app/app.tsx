import { type ReactNode, Suspense } from 'react';
import { Entrance } from '../features/accounts/entrance.tsx';
import { SignInPage } from '../features/accounts/sign-in-page.tsx';
import { sayRefusal } from '../language/language.ts';
import { t } from '../language/sentences.ts';
import { lazy } from '../ui/lazy.ts';
import { useAccountState } from './entrance.tsx';
import { useNavigation } from './navigation.tsx';
import { Splash } from './splash.tsx';

/** Needed once in an instance's life. */
const SetUpPage = lazy(() => import('../features/accounts/set-up-page.tsx'));
const JoinPage = lazy(() => import('../features/spaces/join-page.tsx'));
const LinkPage = lazy(() => import('../features/mail/link-page.tsx'));
const SignedInApp = lazy(() => import('./signed-in-app.tsx'));
/** Only in development: the build drops the page and everything that only it uses. */
const DesignPage = import.meta.env.DEV ? lazy(() => import('../design/design-page.tsx')) : null;

/** Decides by who is signed in and by the address which of the app's faces shows. */
export function App() {
  return <Suspense fallback={<Splash />}>{<Face />}</Suspense>;
}

function Face(): ReactNode {
  const account = useAccountState();
  const { route } = useNavigation();
  if (DesignPage !== null && route.page === 'design') return <DesignPage />;
  if (account.status === 'unknown') return <Splash />;
  if (account.status === 'unreachable') {
    return (
      <Entrance
        title={t('The server does not answer')}
        lead={
          account.error === null
            ? t('Check your connection. This page tries again by itself; nothing is lost.')
            : sayRefusal(account.error)
        }
      />
    );
  }
  if (account.status === 'signed-out' && !account.instance.setUp) return <SetUpPage />;
  if (route.page === 'join') return <JoinPage token={route.token} account={account} key={route.token} />;
  if (route.page === 'verify-email' || route.page === 'unsubscribe') {
    return <LinkPage link={route.page} token={route.token} key={route.token} />;
  }
  if (account.status === 'signed-out') return <SignInPage instance={account.instance} />;
  return <SignedInApp account={account} />;
}
