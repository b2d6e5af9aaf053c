import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { replacePassword } from './account-store.ts';
import { revokeAll } from './session-store.ts';

export const changePassword = operation({
  name: 'account.change-password',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, prepared, tx }) {
    if (!(yield* replacePassword(actor.user, prepared.verifiedHash, prepared.nextHash))) {
      throw new Refusal('wrong-credentials');
    }
    tx.revokeSessions(actor.user, yield* revokeAll(actor.user, actor.session, tx.now));
    return {};
  },
});
