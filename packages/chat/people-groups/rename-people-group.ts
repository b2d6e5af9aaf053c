import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { groupIn, refuseTakenHandle } from './checked-group.ts';
import { setGroupNames } from './group-store.ts';
import { tellGroup } from './tell-group.ts';

export const renamePeopleGroup = operation({
  name: 'people-group.rename',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, { group: id, handle, name: given }) {
    const before = yield* groupIn(reached.id, id);
    const name = visibleName(given);
    if (before.handle === handle && before.name === name) return { group: before };
    yield* refuseTakenHandle(reached.id, handle, id);
    yield* setGroupNames(id, handle, name);
    const group = { ...before, handle, name };
    yield* tellGroup(tx, group, actor.user);
    return { group };
  },
});
