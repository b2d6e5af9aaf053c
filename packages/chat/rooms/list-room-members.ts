import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { roomMembersAfter } from './room-member-store.ts';

export const listRoomMembers = operation({
  name: 'room.members',
  kind: 'read',
  access: { who: 'visible-room', atLeast: 'guest' },
  limit: 'read',
  *run({ reached }, params) {
    const limit = params.limit ?? limits.peoplePerPage;
    const members = yield* roomMembersAfter(reached.id, params.after ?? '', limit + 1, params.text);
    return { members: members.slice(0, limit), more: members.length > limit };
  },
});
