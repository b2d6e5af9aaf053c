import { operation } from '../operation.ts';
import { revokeInviteRow } from './invite-store.ts';

export const revokeInvite = operation({
  name: 'invite.revoke',
  kind: 'write',
  access: { who: 'invite' },
  limit: 'write',
  *run({ reached, tx }) {
    yield* revokeInviteRow(reached.id, tx.now);
    return {};
  },
});
