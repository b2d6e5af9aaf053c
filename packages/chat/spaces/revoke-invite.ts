import { operation } from '../operation.ts';
import { revokeInviteRow } from './invite-store.ts';

export const revokeInvite = operation({
  name: 'invite.revoke',
  kind: 'write',
  access: { who: 'invite' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    yield* revokeInviteRow(reached.id, tx.now);
    yield* tx.happened({ kind: 'audited', action: 'invite-revoked', space: reached.space, by: actor.user });
    return {};
  },
});
