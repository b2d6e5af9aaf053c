import { operation } from '../operation.ts';
import { banOn, deleteBan } from './ban-store.ts';

export const unbanPerson = operation({
  name: 'moderation.unban',
  kind: 'write',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { user }) {
    const space = reached.id;
    if ((yield* banOn(space, user, tx.now)) === undefined) return {};
    yield* deleteBan(space, user);
    yield* tx.happened({ kind: 'audited', action: 'person-unbanned', space, by: actor.user, user });
    return {};
  },
});
