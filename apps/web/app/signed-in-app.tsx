import { type AccountState, type Confab, createConfab } from '@confab/client';
import type { Entrance } from '@confab/client/entrance';
import { ConfabProvider } from '@confab/client/react';
import { SignedInProvider } from '../features/accounts/signed-in.tsx';
import { AppearanceSync } from '../features/settings/appearance-sync.tsx';
import { useEntrance } from './entrance.tsx';
import { rememberInside } from './inside-before.ts';
import Shell from './shell/shell.tsx';

/** One client for the page's life, whoever is signed in: it forgets the last person by itself. */
let client: Confab | undefined;

function clientOf(entrance: Entrance): Confab {
  if (client === undefined) {
    client = createConfab({ url: '', clientName: 'Confab web', entrance });
    client.start();
    rememberInside();
  }
  return client;
}

/** What somebody who is signed in sees. */
export default function SignedInApp({ account }: { account: Extract<AccountState, { status: 'signed-in' }> }) {
  return (
    <ConfabProvider confab={clientOf(useEntrance())}>
      <SignedInProvider account={account}>
        <AppearanceSync />
        <Shell />
      </SignedInProvider>
    </ConfabProvider>
  );
}
