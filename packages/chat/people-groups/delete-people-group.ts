import { spaceLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { groupIn } from './checked-group.ts';
import { deleteGroup } from './group-store.ts';

export const deletePeopleGroup = operation({
  name: 'people-group.delete',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const group = yield* groupIn(reached.id, params.group);
    yield* deleteGroup(group.id);
    const data = { group: group.id };
    yield* append(tx, { log: spaceLog(reached.id), name: 'space.people-group-removed', by: actor.user, data });
    return {};
  },
});
