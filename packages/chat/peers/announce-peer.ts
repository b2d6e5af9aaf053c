import { roomLog } from '@confab/protocol/ids.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived } from '../rooms/index.ts';

export const announcePeer = operation({
  name: 'peer.announce',
  kind: 'read',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'signal',
  // biome-ignore lint/correctness/useYield: an operation is a script; reaching was all that the database had to do
  *run({ actor, reached, tx }, { from, present }) {
    refuseIfArchived(reached);
    const topic = roomLog(reached.id);
    const frame = { event: 'peer.announced', log: topic, at: tx.now, data: { user: actor.user, from, present } };
    tx.addEphemeral({ topic, key: `peer:${actor.user}:${from}`, json: JSON.stringify(frame) });
    return {};
  },
});
