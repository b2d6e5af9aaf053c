import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { infoOf, refuseIfArchived, tellSpaceOfRoom } from './room-info.ts';
import { setRoomDescription } from './room-store.ts';

export const setDescription = operation({
  name: 'room.set-description',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'moderator', orCreator: true, orInGroup: true },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    refuseIfArchived(reached);
    const description = params.description.trim();
    if (description === reached.description) return {};
    yield* setRoomDescription(reached.id, description);
    const log = roomLog(reached.id);
    yield* append(tx, { log, name: 'room.description-set', by: actor.user, data: { description } });
    yield* tellSpaceOfRoom(tx, infoOf({ ...reached, description }), actor.user);
    return {};
  },
});
