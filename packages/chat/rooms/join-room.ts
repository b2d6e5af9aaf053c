import { operation } from '../operation.ts';
import { addToRoom } from './membership.ts';
import { refuseIfArchived } from './room-info.ts';
import { roomAsSeenBy } from './room-store.ts';

/** Only public rooms are visible to those who are not in them, so whoever reaches the room may join it. */
export const joinRoom = operation({
  name: 'room.join',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    if (reached.membership === null) {
      refuseIfArchived(reached);
      yield* addToRoom(tx, reached.id, { user: actor.user, role: reached.role, by: actor.user });
    }
    return { room: yield* roomAsSeenBy(actor.user, reached.id) };
  },
});
