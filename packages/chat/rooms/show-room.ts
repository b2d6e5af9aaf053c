import { operation } from '../operation.ts';
import { roomAsSeenBy } from './room-store.ts';

export const showRoom = operation({
  name: 'room.show',
  kind: 'read',
  access: { who: 'visible-room', atLeast: 'guest' },
  limit: 'read',
  *run({ actor, reached }) {
    return { room: yield* roomAsSeenBy(actor.user, reached.id) };
  },
});
