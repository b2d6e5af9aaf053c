import { operation } from '../operation.ts';
import { revoke } from './session-store.ts';

export const signOut = operation({
  name: 'account.sign-out',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }) {
    yield* revoke(actor.user, actor.session, tx.now);
    tx.revokeSession(actor.session);
    return {};
  },
});
