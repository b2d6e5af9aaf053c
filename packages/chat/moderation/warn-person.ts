import { operation } from '../operation.ts';
import { checkMember } from './check-target.ts';

export const warnPerson = operation({
  name: 'moderation.warn',
  kind: 'write',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { user, reason }) {
    const space = reached.id;
    yield* checkMember({ user: actor.user, role: reached.role }, space, user);
    yield* tx.happened({ kind: 'audited', action: 'person-warned', space, by: actor.user, user, reason });
    return {};
  },
});
