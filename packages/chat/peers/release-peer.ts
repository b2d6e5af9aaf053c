import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { changeLease, leaseTimes } from './peer-lease-store.ts';

export const releasePeer = operation({
  name: 'peer.release',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { peer, holder }) {
    const asked = { user: actor.user, peer, holder, now: tx.now };
    const next = { holder: null, expiresAt: tx.now + leaseTimes.keptMs };
    if (!(yield* changeLease(asked, next))) throw new Refusal('not-found');
    return {};
  },
});
