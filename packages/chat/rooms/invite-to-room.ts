import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { roleIn } from '../spaces/index.ts';
import { addToRoom } from './membership.ts';
import { refuseIfArchived, spaceOf } from './room-info.ts';
import { isRoomMember } from './room-member-store.ts';

/** How guests come into rooms: they join nothing by themselves. */
export const inviteToRoom = operation({
  name: 'room.invite',
  kind: 'write',
  access: { who: 'room', atLeast: 'member' },
  limit: 'write',
  *run({ actor, reached, tx }, { user }) {
    const space = spaceOf(reached);
    refuseIfArchived(reached);
    const role = yield* roleIn(space, user);
    if (!role) throw new Refusal('not-found');
    if (yield* isRoomMember(reached.id, user)) return {};
    yield* addToRoom(tx, reached.id, { user, role, by: actor.user });
    return {};
  },
});
