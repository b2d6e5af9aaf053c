import { operation } from '../operation.ts';
import { refuseIfSilent, refuseKind } from '../rooms/index.ts';
import { checkedPicture } from './checked-picture.ts';
import { setPictureOf } from './picture-store.ts';
import { tellRoomPicture } from './tell-room-picture.ts';

export const setRoomPicture = operation({
  name: 'room.set-picture',
  kind: 'write',
  access: { who: 'room', atLeast: 'member' },
  limit: 'write',
  *run({ actor, reached, tx }, { file }) {
    refuseKind(reached, 'direct');
    yield* refuseIfSilent(reached, actor.user, tx.now);
    const picture = checkedPicture(file);
    const changed = yield* setPictureOf('rooms', reached.id, picture);
    if (changed) yield* tellRoomPicture(tx, reached, picture.hash, actor.user);
    return { picture: picture.hash };
  },
});
