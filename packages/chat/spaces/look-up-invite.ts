import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { hashToken } from '../tokens.ts';
import { usableInvite } from './invite-store.ts';

export const lookUpInvite = operation({
  name: 'invite.look-up',
  kind: 'read',
  access: { who: 'anyone' },
  limit: 'visit',
  *run({ tx }, params) {
    const invite = yield* usableInvite(hashToken(params.token), tx.now);
    if (!invite) throw new Refusal('invite-invalid');
    return {
      space: { id: invite.space, name: invite.spaceName },
      role: invite.role,
      invitedBy: invite.invitedBy,
      ...(invite.claims ? { claims: invite.claims } : {}),
    };
  },
});
