import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { takeFromRoom } from './membership.ts';
import { isRoomMember } from './room-member-store.ts';

export const removeRoomMember = operation({
  name: 'room.remove-member',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'moderator', orCreator: true },
  limit: 'write',
  *run({ actor, reached, tx }, { user }) {
    if (!(yield* isRoomMember(reached.id, user))) throw new Refusal('not-found');
    yield* takeFromRoom(tx, reached.id, user, actor.user);
    return {};
  },
});
