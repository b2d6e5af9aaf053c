import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { operation } from '../operation.ts';
import { leaseOf, mayMeet } from './peer-lease-store.ts';

export const reachPeer = operation({
  name: 'peer.reach',
  kind: 'read',
  access: { who: 'user' },
  limit: 'signal',
  ids: 1,
  *run({ actor, tx }, { peer, from, kind, payload }) {
    const own = yield* leaseOf(from, tx.now);
    if (own?.user !== actor.user) throw new Refusal('forbidden');
    const lease = yield* leaseOf(peer, tx.now);
    // Nobody there, nobody listening, or nobody whom one may meet: one answer.
    if (!lease?.holder || !(yield* mayMeet(actor.user, lease.user))) throw new Refusal('not-found');
    const topic = inboxLog(lease.user);
    const data = { user: actor.user, peer, holder: lease.holder, from, kind, payload };
    const frame = { event: 'peer.reached', log: topic, at: tx.now, data };
    tx.addEphemeral({ topic, key: `reached:${tx.newId()}`, json: JSON.stringify(frame) });
    return {};
  },
});
