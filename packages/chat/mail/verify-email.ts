import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { hashToken } from '../tokens.ts';
import { useLink } from './email-store.ts';

/** Whoever has the link in hand has the mail, signed in here or not. */
export const verifyEmail = operation({
  name: 'email.verify',
  kind: 'write',
  access: { who: 'anyone' },
  limit: 'visit',
  *run({ tx }, { token }) {
    const address = yield* useLink(hashToken(token), tx.now);
    if (address === undefined) throw new Refusal('link-invalid');
    return { address };
  },
});
