import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { refuseIfSilent } from '../rooms/index.ts';
import { deletePin } from './pin-store.ts';

export const unpinMessage = operation({
  name: 'message.unpin',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const { id, room } = reached;
    yield* refuseIfSilent(room, actor.user, tx.now);
    if (yield* deletePin(id)) {
      const log = roomLog(room.id);
      yield* append(tx, { log, name: 'message.unpinned', by: actor.user, data: { message: id } });
    }
    return {};
  },
});
