import type { PeopleGroupId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { peopleIn, refuseTakenHandle } from './checked-group.ts';
import { countGroups, insertGroup, setGroupPeople } from './group-store.ts';
import { tellGroup } from './tell-group.ts';

export const createPeopleGroup = operation({
  name: 'people-group.create',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }, params) {
    const space = reached.id;
    const { handle } = params;
    yield* refuseTakenHandle(space, handle, '');
    if ((yield* countGroups(space)) >= limits.peopleGroupsPerSpace) {
      throw new Refusal('limit-reached', { limit: limits.peopleGroupsPerSpace, what: 'groups of people in a space' });
    }
    const people = yield* peopleIn(space, params.people);
    const group = { id: tx.newId<PeopleGroupId>(), space, handle, name: visibleName(params.name), people };
    yield* insertGroup(group);
    yield* setGroupPeople(group.id, people);
    yield* tellGroup(tx, group, actor.user);
    return { group };
  },
});
