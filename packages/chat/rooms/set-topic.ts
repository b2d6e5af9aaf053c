import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { oneLine } from '../text.ts';
import { infoOf, refuseKind, tellSpaceOfRoom } from './room-info.ts';
import { refuseIfSilent } from './room-rules.ts';
import { setRoomTopic } from './room-store.ts';

export const setTopic = operation({
  name: 'room.set-topic',
  kind: 'write',
  access: { who: 'room', atLeast: 'member' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    refuseKind(reached, 'direct');
    yield* refuseIfSilent(reached, actor.user, tx.now);
    const topic = oneLine(params.topic);
    if (topic === reached.topic) return {};
    yield* setRoomTopic(reached.id, topic);
    yield* append(tx, { log: roomLog(reached.id), name: 'room.topic-set', by: actor.user, data: { topic } });
    yield* tellSpaceOfRoom(tx, { ...infoOf(reached), topic }, actor.user);
    return {};
  },
});
