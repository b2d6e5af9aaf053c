import type { SessionId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { insertBot } from './account-store.ts';
import { insertPostingSession, revokeAll } from './session-store.ts';

export interface NewBot {
  readonly id: UserId;
  readonly name: string;
  readonly tokenHash: string;
}

/** Makes an account that nobody signs in to, with a session that does not expire and may only post. */
export function* makeBot(tx: Transaction, { id, name, tokenHash }: NewBot): Step<SessionId> {
  const session = tx.newId<SessionId>();
  // The last part of the id is random, and short enough for a handle.
  yield* insertBot({ id, handle: `bot-${id.slice(-12)}`, name, now: tx.now });
  yield* insertPostingSession(id, session, tokenHash, tx.now);
  return session;
}

/** Ends a bot's session at once. The account stays: its messages are from it. */
export function* endBot(tx: Transaction, bot: UserId): Step<void> {
  tx.revokeSessions(bot, yield* revokeAll(bot, null, tx.now));
}
