import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { revoke } from './session-store.ts';

export const revokeSession = operation({
  name: 'session.revoke',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, params) {
    if (!(yield* revoke(actor.user, params.session, tx.now))) throw new Refusal('not-found');
    tx.revokeSession(params.session);
    return {};
  },
});
