import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { changeLease, leaseTimes } from './peer-lease-store.ts';

export const renewPeer = operation({
  name: 'peer.renew',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { peer, holder }) {
    const expiresAt = tx.now + leaseTimes.heldMs;
    const asked = { user: actor.user, peer, holder, now: tx.now };
    if (!(yield* changeLease(asked, { holder, expiresAt }))) throw new Refusal('not-found');
    return { expiresAt };
  },
});
