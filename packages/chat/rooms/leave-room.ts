import { operation } from '../operation.ts';
import { takeFromRoom } from './membership.ts';
import { settlePlace } from './people-key.ts';
import { refuseKind } from './room-info.ts';

export const leaveRoom = operation({
  name: 'room.leave',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    // Two people keep their one place, so that what was said in it stays theirs.
    refuseKind(reached, 'direct');
    yield* takeFromRoom(tx, reached.id, actor.user, actor.user);
    if (reached.kind === 'group') yield* settlePlace(reached.id);
    return {};
  },
});
