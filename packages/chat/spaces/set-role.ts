import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog, spaceLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { countOwners, roleIn, setMemberRole } from './space-store.ts';
import { showSpaceTo } from './tell-spaces.ts';

export const setRole = operation({
  name: 'space.set-role',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, { user, role }) {
    const space = reached.id;
    const before = yield* roleIn(space, user);
    if (!before) throw new Refusal('not-found');
    if ((before === 'owner' || role === 'owner') && reached.role !== 'owner') throw new Refusal('forbidden');
    if (before === role) return {};
    if (before === 'owner' && (yield* countOwners(space)) === 1) throw new Refusal('last-owner');
    yield* setMemberRole(space, user, role);
    yield* append(tx, { log: spaceLog(space), name: 'space.role-set', by: actor.user, data: { user, role } });
    yield* append(tx, { log: inboxLog(user), name: 'inbox.role-set', by: actor.user, data: { space, role } });
    // A guest's view has no position, a member's has one: the role alone does not tell it.
    if (role === 'guest' || before === 'guest') yield* showSpaceTo(tx, space, user, actor.user);
    if (role === 'guest') tx.revokeLog(user, spaceLog(space));
    yield* tx.happened<'role-set'>({ kind: 'role-set', space, user, role });
    const about = { space, by: actor.user, user, detail: role };
    yield* tx.happened({ kind: 'audited', action: 'role-set', ...about });
    return {};
  },
});
