import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { leaveSpace } from './leave-space.ts';
import { countOwners, roleIn } from './space-store.ts';

export const removeSpaceMember = operation({
  name: 'space.remove-member',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, { user, reason }) {
    const space = reached.id;
    const role = yield* roleIn(space, user);
    if (!role) throw new Refusal('not-found');
    if (role === 'owner' && reached.role !== 'owner') throw new Refusal('forbidden');
    if (role === 'owner' && (yield* countOwners(space)) === 1) throw new Refusal('last-owner');
    yield* leaveSpace(tx, space, user, actor.user);
    const why = reason ? { reason } : {};
    yield* tx.happened({ kind: 'audited', action: 'person-removed', space, by: actor.user, user, ...why });
    return {};
  },
});
