import { operation } from '../operation.ts';
import { refuseIfSilent, refuseKind } from '../rooms/index.ts';
import { setPictureOf } from './picture-store.ts';
import { tellRoomPicture } from './tell-room-picture.ts';

export const removeRoomPicture = operation({
  name: 'room.remove-picture',
  kind: 'write',
  access: { who: 'room', atLeast: 'member' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    refuseKind(reached, 'direct');
    yield* refuseIfSilent(reached, actor.user, tx.now);
    const changed = yield* setPictureOf('rooms', reached.id, null);
    if (changed) yield* tellRoomPicture(tx, reached, null, actor.user);
    return {};
  },
});
