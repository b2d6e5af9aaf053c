import type { Role, SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { personById } from '../accounts/index.ts';
import { bounds } from '../bounds.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { countMembers, insertMember } from './space-store.ts';
import { showSpaceTo } from './tell-spaces.ts';

/** Puts someone who is not in a space into it, and tells the space and the person. */
export function* joinSpace(tx: Transaction, space: SpaceId, user: UserId, role: Role, by: UserId): Step<void> {
  if ((yield* countMembers(space)) >= bounds.membersPerSpace) {
    throw new Refusal('limit-reached', { limit: bounds.membersPerSpace, what: 'members of a space' });
  }
  yield* insertMember(space, user, role, tx.now);
  const person = yield* personById(user);
  yield* append(tx, { log: spaceLog(space), name: 'space.member-joined', by, data: { person, role } });
  yield* showSpaceTo(tx, space, user, by);
  yield* tx.happened<'space-joined'>({ kind: 'space-joined', space, user, role });
}
