import { operation } from '../operation.ts';
import { roomAsSeenBy } from '../rooms/index.ts';
import { openPlace } from './open-place.ts';

export const openDirect = operation({
  name: 'direct.open',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  ids: 1,
  *run({ actor, tx }, { users }) {
    const room = yield* openPlace(tx, actor.user, users);
    return { room: yield* roomAsSeenBy(actor.user, room) };
  },
});
