import { roomLog } from '@confab/protocol/ids.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived } from '../rooms/index.ts';

export const setTyping = operation({
  name: 'typing.set',
  kind: 'read',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'typing',
  // biome-ignore lint/correctness/useYield: an operation is a script; reaching was all that the database had to do
  *run({ actor, reached, tx }, { typing }) {
    refuseIfArchived(reached);
    const topic = roomLog(reached.id);
    const frame = { event: 'typing.changed', log: topic, at: tx.now, data: { user: actor.user, typing } };
    tx.addEphemeral({ topic, key: `typing:${actor.user}`, json: JSON.stringify(frame), except: actor.user });
    return {};
  },
});
