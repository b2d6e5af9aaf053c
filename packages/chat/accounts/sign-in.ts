import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { credentialsOf, personById } from './account-store.ts';
import { startSession } from './start-session.ts';

/** The password was verified before; here it counts only if it has not been changed since. */
export const signIn = operation({
  name: 'account.sign-in',
  kind: 'write',
  access: { who: 'anyone' },
  limit: 'sign-in',
  ids: 1,
  *run({ prepared, tx }) {
    const { passwordHash } = yield* credentialsOf(prepared.user);
    if (passwordHash !== prepared.verifiedHash) throw new Refusal('wrong-credentials');
    if ((yield* personById(prepared.user)).disabled) throw new Refusal('account-disabled');
    yield* tx.happened({ kind: 'signed-in', user: prepared.user });
    return yield* startSession(tx, prepared.user, prepared.session);
  },
});
