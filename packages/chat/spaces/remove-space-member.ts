import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog, spaceLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { countOwners, deleteMember, roleIn } from './space-store.ts';

export const removeSpaceMember = operation({
  name: 'space.remove-member',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, { user }) {
    const space = reached.id;
    const role = yield* roleIn(space, user);
    if (!role) throw new Refusal('not-found');
    if (role === 'owner' && reached.role !== 'owner') throw new Refusal('forbidden');
    if (role === 'owner' && (yield* countOwners(space)) === 1) throw new Refusal('last-owner');
    // The rooms first: what hangs on the membership is told while it still stands.
    yield* tx.happened<'space-left'>({ kind: 'space-left', space, user, by: actor.user });
    yield* deleteMember(space, user);
    yield* append(tx, { log: spaceLog(space), name: 'space.member-left', by: actor.user, data: { user } });
    yield* append(tx, { log: inboxLog(user), name: 'inbox.space-removed', by: actor.user, data: { space } });
    tx.revokeLog(user, spaceLog(space));
    return {};
  },
});
