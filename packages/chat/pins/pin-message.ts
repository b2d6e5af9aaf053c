import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { refuseIfSilent } from '../rooms/index.ts';
import { countPins, insertPin, isPinned } from './pin-store.ts';

export const pinMessage = operation({
  name: 'message.pin',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const { id, room } = reached;
    if (reached.deletedAt !== null) throw new Refusal('message-deleted');
    yield* refuseIfSilent(room, actor.user, tx.now);
    if (yield* isPinned(id)) return {};
    const log = roomLog(room.id);
    const { seq } = yield* append(tx, { log, name: 'message.pinned', by: actor.user, data: { message: id } });
    // Counted behind the log's lock: two who pin at once do not both find the last place.
    if ((yield* countPins(room.id)) >= limits.pinsPerRoom) {
      throw new Refusal('limit-reached', { limit: limits.pinsPerRoom, what: 'pinned messages in a room' });
    }
    yield* insertPin(id, room.id, { by: actor.user, at: tx.now }, seq);
    return {};
  },
});
