import { Refusal } from '@confab/protocol/errors.ts';
import { bounds } from '../bounds.ts';
import { operation } from '../operation.ts';
import { hashToken } from '../tokens.ts';
import { countLeases, leaseOf, leaseTimes, putLease } from './peer-lease-store.ts';

export const claimPeer = operation({
  name: 'peer.claim',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { peer, holder, secret }) {
    const { user } = actor;
    const secretHash = hashToken(secret);
    const lease = yield* leaseOf(peer, tx.now);
    if (lease && (lease.user !== user || lease.secretHash !== secretHash)) throw new Refusal('peer-id-taken', { peer });
    const leases = yield* countLeases(user, tx.now);
    if (!lease && leases >= bounds.peerIdsPerUser) {
      throw new Refusal('limit-reached', { limit: bounds.peerIdsPerUser, what: 'peer ids of one person' });
    }
    const expiresAt = tx.now + leaseTimes.heldMs;
    yield* putLease(peer, { user, secretHash, holder }, expiresAt);
    return { expiresAt };
  },
});
