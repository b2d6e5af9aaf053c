import { roomLog } from '@confab/protocol/ids.ts';
import { operation } from '../operation.ts';
import { refuseIfSilent } from '../rooms/index.ts';

export const setTyping = operation({
  name: 'typing.set',
  kind: 'read',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'typing',
  *run({ actor, reached, tx }, { typing }) {
    yield* refuseIfSilent(reached, actor.user, tx.now);
    const topic = roomLog(reached.id);
    const frame = { event: 'typing.changed', log: topic, at: tx.now, data: { user: actor.user, typing } };
    tx.addEphemeral({ topic, key: `typing:${actor.user}`, json: JSON.stringify(frame), except: [actor.user] });
    return {};
  },
});
