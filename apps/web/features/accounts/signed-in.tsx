import type { AccountState } from '@confab/client';
import { createContext, type ReactNode, use } from 'react';

export type SignedIn = Extract<AccountState, { status: 'signed-in' }>;

const SignedInContext = createContext<SignedIn | null>(null);

export function SignedInProvider({ account, children }: { account: SignedIn; children: ReactNode }) {
  return <SignedInContext value={account}>{children}</SignedInContext>;
}

/** Oneself, for everything that only shows when someone is signed in. */
export function useSignedIn(): SignedIn {
  const account = use(SignedInContext);
  if (account === null) throw new Error('useSignedIn needs a SignedInProvider above it.');
  return account;
}
