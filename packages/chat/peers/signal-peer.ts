import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { operation } from '../operation.ts';
import { isRoomMember, refuseIfArchived } from '../rooms/index.ts';

export const signalPeer = operation({
  name: 'peer.signal',
  kind: 'read',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'signal',
  ids: 1,
  *run({ actor, reached, tx }, { to, peer, from, kind, payload }) {
    refuseIfArchived(reached);
    if (!(yield* isRoomMember(reached.id, to))) throw new Refusal('not-found');
    const topic = inboxLog(to);
    const data = { room: reached.id, user: actor.user, peer, from, kind, payload };
    const frame = { event: 'peer.signal', log: topic, at: tx.now, data };
    // A key of its own: the next signal does not take the place of this one.
    tx.addEphemeral({ topic, key: `signal:${tx.newId()}`, json: JSON.stringify(frame) });
    return {};
  },
});
