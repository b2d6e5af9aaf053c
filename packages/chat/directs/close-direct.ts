import { roomLog } from '@confab/protocol/ids.ts';
import { positionOf } from '../log.ts';
import { operation } from '../operation.ts';
import { refuseKind } from '../rooms/index.ts';
import { setClosedCount } from './closed-count.ts';

export const closeDirect = operation({
  name: 'direct.close',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    refuseKind(reached, 'channel');
    const count = (yield* positionOf(roomLog(reached.id)))?.count ?? 0;
    yield* setClosedCount(tx, reached.id, actor.user, count);
    return {};
  },
});
