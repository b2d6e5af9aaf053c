import type { SessionId, SignedIn, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { NewSession } from '../prepared.ts';
import type { Transaction } from '../transaction.ts';
import { personById } from './account-store.ts';
import { insertSession, sessionLifetimeMs } from './session-store.ts';

/** Begins a session. The answer lacks the token, which only the main thread knows. */
export function* startSession(tx: Transaction, user: UserId, session: NewSession): Step<SignedIn> {
  const id = tx.newId<SessionId>();
  for (const ended of yield* insertSession(user, id, session, tx.now)) tx.revokeSession(ended);
  return { me: yield* personById(user), session: id, expiresAt: tx.now + sessionLifetimeMs };
}
