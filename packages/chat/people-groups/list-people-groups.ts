import { operation } from '../operation.ts';
import { groupsOf } from './group-store.ts';

export const listPeopleGroups = operation({
  name: 'people-group.list',
  kind: 'read',
  access: { who: 'space', atLeast: 'member' },
  limit: 'read',
  *run({ reached }) {
    return { groups: yield* groupsOf(reached.id) };
  },
});
