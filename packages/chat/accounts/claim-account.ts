import type { Params, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import { visibleName } from '../text.ts';
import { hashToken } from '../tokens.ts';
import type { Transaction } from '../transaction.ts';
import { isHandleTaken } from './account-store.ts';
import { tellPersonChanged } from './tell-person-changed.ts';

interface WaitingRow {
  id: UserId;
  handle: string;
}

/** Takes the use of an invitation that is meant for one account; `undefined` when it is not that kind. */
function* takeClaim(token: string, now: number): Step<WaitingRow | undefined> {
  const claim = yield* sql.get<{ for_user: UserId }>(
    `UPDATE invites SET uses = uses + 1 WHERE token_hash = ? AND for_user IS NOT NULL AND revoked_at IS NULL
       AND expires_at > ? AND uses < max_uses RETURNING for_user`,
    hashToken(token),
    now,
  );
  if (!claim) return undefined;
  const waiting = yield* sql.get<WaitingRow>(
    "SELECT id, handle FROM users WHERE id = ? AND password_hash = '' AND disabled_at IS NULL",
    claim.for_user,
  );
  if (!waiting) throw new Refusal('invite-invalid');
  return waiting;
}

/**
 * Whoever was brought here from elsewhere signs up with the link that is theirs: the account that waits for them, with
 * all that they said, becomes theirs. `undefined` when the invitation is one for anybody.
 */
export function* claimAccount(
  tx: Transaction,
  { handle, name, invite }: Params<'account.sign-up'>,
  passwordHash: string,
): Step<UserId | undefined> {
  if (invite === undefined) return undefined;
  const waiting = yield* takeClaim(invite, tx.now);
  if (!waiting) return undefined;
  if (handle !== waiting.handle && (yield* isHandleTaken(handle))) throw new Refusal('handle-taken', { handle });
  yield* sql.run(
    'UPDATE users SET handle = ?, name = ?, password_hash = ? WHERE id = ?',
    handle,
    visibleName(name),
    passwordHash,
    waiting.id,
  );
  yield* tellPersonChanged(tx, waiting.id, waiting.id);
  return waiting.id;
}
