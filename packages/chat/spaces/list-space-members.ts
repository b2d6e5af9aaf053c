import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { membersAfter } from './space-store.ts';

export const listSpaceMembers = operation({
  name: 'space.members',
  kind: 'read',
  access: { who: 'space', atLeast: 'member' },
  limit: 'read',
  *run({ reached }, params) {
    const limit = params.limit ?? limits.peoplePerPage;
    const members = yield* membersAfter(reached.id, params.after ?? '', limit + 1, params.text);
    return { members: members.slice(0, limit), more: members.length > limit };
  },
});
