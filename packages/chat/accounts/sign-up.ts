import type { UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { insertUser, isHandleTaken } from './account-store.ts';
import { claimAccount } from './claim-account.ts';
import { startSession } from './start-session.ts';

export const signUp = operation({
  name: 'account.sign-up',
  kind: 'write',
  access: { who: 'anyone' },
  limit: 'sign-up',
  ids: 2,
  *run({ prepared, tx }, params) {
    const claimed = yield* claimAccount(tx, params, prepared.passwordHash);
    if (claimed) return yield* startSession(tx, claimed, prepared.session);
    // Asked here and not before the slow hashing, so that nobody learns quickly whose handles exist.
    if (yield* isHandleTaken(params.handle)) throw new Refusal('handle-taken', { handle: params.handle });
    const user = tx.newId<UserId>();
    const name = visibleName(params.name);
    yield* insertUser({ id: user, handle: params.handle, name, passwordHash: prepared.passwordHash, now: tx.now });
    yield* tx.happened<'signed-up'>({ kind: 'signed-up', user, invite: params.invite ?? null });
    return yield* startSession(tx, user, prepared.session);
  },
});
