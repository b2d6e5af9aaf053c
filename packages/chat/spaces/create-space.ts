import type { SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { bounds } from '../bounds.ts';
import type { FactOf } from '../facts.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import type { Transaction } from '../transaction.ts';
import { joinSpace } from './join-space.ts';
import { countSpaces, insertSpace, spaceAsSeenBy } from './space-store.ts';

function* foundSpace(tx: Transaction, by: UserId, typedName: string): Step<SpaceId> {
  const id = tx.newId<SpaceId>();
  const name = visibleName(typedName);
  yield* insertSpace({ id, name, by, now: tx.now });
  yield* append(tx, { log: spaceLog(id), name: 'space.created', by, data: { name } });
  yield* joinSpace(tx, id, by, 'owner', by);
  yield* tx.happened<'space-created'>({ kind: 'space-created', space: id, by });
  return id;
}

/** The set-up's own space. */
export function* createFirstSpace(tx: Transaction, fact: FactOf<'instance-set-up'>): Step<void> {
  yield* foundSpace(tx, fact.user, fact.spaceName);
}

export const createSpace = operation({
  name: 'space.create',
  kind: 'write',
  access: { who: 'instance-owner' },
  limit: 'write',
  ids: 2,
  *run({ actor, tx }, params) {
    if ((yield* countSpaces()) >= bounds.spaces) {
      throw new Refusal('limit-reached', { limit: bounds.spaces, what: 'spaces' });
    }
    const space = yield* foundSpace(tx, actor.user, params.name);
    return { space: yield* spaceAsSeenBy(actor.user, space) };
  },
});
