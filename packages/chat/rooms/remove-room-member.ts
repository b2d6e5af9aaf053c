import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { isAtLeast } from '../roles.ts';
import { roleIn } from '../spaces/index.ts';
import { auditRoom } from './audit-room.ts';
import { takeFromRoom } from './membership.ts';
import { isRoomMember } from './room-member-store.ts';

export const removeRoomMember = operation({
  name: 'room.remove-member',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'moderator', orCreator: true },
  limit: 'write',
  *run({ actor, reached, tx }, { user, reason }) {
    if (!(yield* isRoomMember(reached.id, user))) throw new Refusal('not-found');
    if (reached.role === 'moderator' && reached.createdBy !== actor.user) {
      const theirs = reached.space && (yield* roleIn(reached.space, user));
      if (theirs && isAtLeast(theirs, 'moderator')) throw new Refusal('forbidden');
    }
    yield* takeFromRoom(tx, reached.id, user, actor.user);
    yield* auditRoom(tx, reached, actor.user, 'room-person-removed', { user, ...(reason ? { reason } : {}) });
    return {};
  },
});
