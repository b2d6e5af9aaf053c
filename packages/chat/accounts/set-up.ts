import type { UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { insertUser, isSetUp } from './account-store.ts';
import { startSession } from './start-session.ts';

export const setUp = operation({
  name: 'account.set-up',
  kind: 'write',
  access: { who: 'anyone' },
  limit: 'sign-up',
  ids: 4,
  *run({ prepared, tx }, params) {
    if (yield* isSetUp()) throw new Refusal('already-set-up');
    const user = tx.newId<UserId>();
    const name = visibleName(params.name);
    yield* insertUser({ id: user, handle: params.handle, name, passwordHash: prepared.passwordHash, now: tx.now });
    yield* tx.happened<'instance-set-up'>({ kind: 'instance-set-up', user, spaceName: params.space });
    return yield* startSession(tx, user, prepared.session);
  },
});
