import { operation } from '../operation.ts';
import { addToRoom, peopleIn, refuseKind, roomAsSeenBy, settlePlace } from '../rooms/index.ts';
import { checkReachable, openPlace, refuseTooMany } from './open-place.ts';

export const addToGroup = operation({
  name: 'group.add',
  kind: 'write',
  access: { who: 'room', atLeast: 'member' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }, { users, history }) {
    refuseKind(reached, 'channel');
    const inside = yield* peopleIn(reached.id);
    if (history === 'new') {
      const room = yield* openPlace(tx, actor.user, [...inside, ...users]);
      return { room: yield* roomAsSeenBy(actor.user, room) };
    }
    refuseKind(reached, 'direct');
    const arriving = [...new Set(users)].filter((user) => !inside.includes(user));
    refuseTooMany(inside.length + arriving.length);
    yield* checkReachable(actor.user, arriving);
    for (const user of arriving) yield* addToRoom(tx, reached.id, { user, role: 'member', by: actor.user });
    if (arriving.length > 0) yield* settlePlace(reached.id);
    return { room: yield* roomAsSeenBy(actor.user, reached.id) };
  },
});
