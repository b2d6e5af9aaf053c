import type { SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { operation } from '../operation.ts';
import { hashToken } from '../tokens.ts';
import type { Transaction } from '../transaction.ts';
import { takeUse, usableInvite } from './invite-store.ts';
import { joinSpace } from './join-space.ts';
import { oldestSpace, roleIn, spaceAsSeenBy } from './space-store.ts';

/** Someone who is in the space already keeps their role, and the invitation its use. */
function* redeem(tx: Transaction, user: UserId, token: string): Step<SpaceId> {
  const invite = yield* usableInvite(hashToken(token), tx.now);
  if (!invite || invite.claims) throw new Refusal('invite-invalid');
  if (yield* roleIn(invite.space, user)) return invite.space;
  if (!(yield* takeUse(invite.id, tx.now))) throw new Refusal('invite-invalid');
  yield* joinSpace(tx, invite.space, user, invite.role, user);
  return invite.space;
}

/** A new account joins the space it was invited to or, where sign-up is open, the instance's first. */
export function* welcome(tx: Transaction, fact: FactOf<'signed-up'>): Step<void> {
  if (fact.invite !== null) {
    yield* redeem(tx, fact.user, fact.invite);
    return;
  }
  const space = yield* oldestSpace();
  if (!space) throw new Refusal('not-set-up');
  yield* joinSpace(tx, space, fact.user, 'member', fact.user);
}

export const acceptInvite = operation({
  name: 'invite.accept',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, params) {
    const space = yield* redeem(tx, actor.user, params.token);
    return { space: yield* spaceAsSeenBy(actor.user, space) };
  },
});
