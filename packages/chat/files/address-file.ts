import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { signAddress } from './signed-address.ts';

export const addressFile = operation({
  name: 'file.address',
  kind: 'read',
  access: { who: 'file', only: 'readers' },
  limit: 'read',
  // biome-ignore lint/correctness/useYield: what it says is worked out from who asks.
  *run({ actor, reached, tx, prepared }) {
    const expiresAt = tx.now + limits.fileAddressMs;
    const access = signAddress(prepared.key, { actor, file: reached.id, expiresAt });
    return { address: `/api/v1/files/${reached.id}/content?access=${access}`, expiresAt };
  },
});
