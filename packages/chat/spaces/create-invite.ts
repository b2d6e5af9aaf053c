import type { InviteId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { bounds } from '../bounds.ts';
import { operation } from '../operation.ts';
import { insertInvite, usableInvites } from './invite-store.ts';

/** How long an invitation works unless told otherwise. */
const defaultLifetimeMs = 7 * 86_400_000;

export const createInvite = operation({
  name: 'invite.create',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, prepared, tx }, params) {
    if ((yield* usableInvites(reached.id, tx.now)).length >= bounds.invitesPerSpace) {
      throw new Refusal('limit-reached', { limit: bounds.invitesPerSpace, what: 'open invitations' });
    }
    const invite = {
      id: tx.newId<InviteId>(),
      space: reached.id,
      role: params.role ?? 'member',
      createdBy: actor.user,
      createdAt: tx.now,
      expiresAt: tx.now + (params.expiresInMs ?? defaultLifetimeMs),
      maxUses: params.maxUses ?? null,
      hint: prepared.hint,
    };
    yield* insertInvite(invite, prepared.tokenHash);
    const about = { space: reached.id, by: actor.user, detail: invite.role };
    yield* tx.happened({ kind: 'audited', action: 'invite-created', ...about });
    return { invite: { ...invite, uses: 0 } };
  },
});
