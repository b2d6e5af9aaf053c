import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { auditRoom } from './audit-room.ts';
import { infoOf, tellSpaceOfRoom } from './room-info.ts';
import { setArchivedAt } from './room-store.ts';

export const unarchiveRoom = operation({
  name: 'room.unarchive',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'admin', orCreator: true },
  limit: 'write',
  *run({ actor, reached, tx }) {
    if (reached.archivedAt === null) return {};
    yield* setArchivedAt(reached.id, null);
    yield* append(tx, { log: roomLog(reached.id), name: 'room.unarchived', by: actor.user, data: {} });
    yield* tellSpaceOfRoom(tx, { ...infoOf(reached), archivedAt: null }, actor.user);
    yield* auditRoom(tx, reached, actor.user, 'room-unarchived');
    return {};
  },
});
