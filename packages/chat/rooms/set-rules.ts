import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { auditRoom } from './audit-room.ts';
import { infoOf, refuseIfArchived, spaceOf, tellSpaceOfRoom } from './room-info.ts';
import { setRules } from './room-store.ts';

export const setRoomRules = operation({
  name: 'room.set-rules',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'moderator', orCreator: true },
  limit: 'write',
  *run({ actor, reached, tx }, { slowModeMs, whoPosts }) {
    spaceOf(reached);
    refuseIfArchived(reached);
    if (slowModeMs === reached.slowModeMs && whoPosts === reached.whoPosts) return {};
    const rules = { slowModeMs, whoPosts };
    yield* setRules(reached.id, rules);
    yield* append(tx, { log: roomLog(reached.id), name: 'room.rules-set', by: actor.user, data: rules });
    yield* tellSpaceOfRoom(tx, infoOf({ ...reached, ...rules }), actor.user);
    const detail = JSON.stringify(rules);
    yield* auditRoom(tx, reached, actor.user, 'room-rules-set', { detail });
    return {};
  },
});
