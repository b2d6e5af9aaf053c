import { operation } from '../operation.ts';
import { groupIn, peopleIn } from './checked-group.ts';
import { setGroupPeople } from './group-store.ts';
import { tellGroup } from './tell-group.ts';

export const setPeopleOfGroup = operation({
  name: 'people-group.set-people',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const before = yield* groupIn(reached.id, params.group);
    const people = yield* peopleIn(reached.id, params.people);
    if (before.people.join() === people.join()) return { group: before };
    yield* setGroupPeople(before.id, people);
    const group = { ...before, people };
    yield* tellGroup(tx, group, actor.user);
    return { group };
  },
});
