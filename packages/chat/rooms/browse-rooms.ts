import { operation } from '../operation.ts';
import { browsableRooms } from './room-store.ts';

/** With `archived`, the archived rooms instead of those in use. */
export const browseRooms = operation({
  name: 'room.browse',
  kind: 'read',
  access: { who: 'space', atLeast: 'member' },
  limit: 'read',
  *run({ actor, reached }, params) {
    return { rooms: yield* browsableRooms(actor.user, reached.id, params.archived === true) };
  },
});
