import { operation } from '../operation.ts';
import { takeFromRoom } from './membership.ts';

export const leaveRoom = operation({
  name: 'room.leave',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    yield* takeFromRoom(tx, reached.id, actor.user, actor.user);
    return {};
  },
});
