import { Refusal } from '@confab/protocol/errors.ts';
import { peopleByIds } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { checkTarget, checkUntil } from './check-target.ts';
import { imposeBan } from './impose.ts';

export const banPerson = operation({
  name: 'moderation.ban',
  kind: 'write',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { user, reason, until }) {
    const space = reached.id;
    checkUntil(until, tx.now);
    yield* checkTarget({ user: actor.user, role: reached.role }, space, user);
    // Also of somebody who has left, or was removed before.
    if ((yield* peopleByIds([user])).length === 0) throw new Refusal('not-found');
    yield* imposeBan(tx, { space, user, by: actor.user, reason, until });
    return {};
  },
});
