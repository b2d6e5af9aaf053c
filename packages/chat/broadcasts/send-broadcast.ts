import { roomLog } from '@confab/protocol/ids.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived } from '../rooms/index.ts';

export const sendBroadcast = operation({
  name: 'broadcast.send',
  kind: 'read',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'broadcast',
  ids: 1,
  // biome-ignore lint/correctness/useYield: an operation is a script; reaching was all that the database had to do
  *run({ actor, reached, tx }, { from = null, name, payload }) {
    refuseIfArchived(reached);
    const topic = roomLog(reached.id);
    const data = { user: actor.user, from, name, payload };
    const frame = { event: 'broadcast.sent', log: topic, at: tx.now, data };
    // A key of its own: the next one does not take the place of this one.
    tx.addEphemeral({ topic, key: `broadcast:${tx.newId()}`, json: JSON.stringify(frame) });
    return {};
  },
});
