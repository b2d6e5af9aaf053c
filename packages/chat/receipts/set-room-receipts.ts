import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { infoOf, refuseIfArchived, refuseKind, tellSpaceOfRoom } from '../rooms/index.ts';
import { setRoomReceipts } from './receipt-store.ts';

/** In a direct everyone decides for themselves, in their own settings. */
export const setReceiptsOfRoom = operation({
  name: 'room.set-receipts',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'admin', orCreator: true, orInGroup: true },
  limit: 'write',
  *run({ actor, reached, tx }, { receipts }) {
    refuseKind(reached, 'direct');
    refuseIfArchived(reached);
    if (receipts === reached.receipts) return {};
    yield* setRoomReceipts(reached.id, receipts);
    yield* append(tx, { log: roomLog(reached.id), name: 'room.receipts-set', by: actor.user, data: { receipts } });
    yield* tellSpaceOfRoom(tx, infoOf({ ...reached, receipts }), actor.user);
    return {};
  },
});
