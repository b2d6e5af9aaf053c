import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { changeSettings } from '../settings/index.ts';
import { emailOf } from './email-store.ts';
import { isSigned, personOfToken } from './mail-key.ts';

/** Says no more than that the link is none, whether there is such a person or not. */
export const unsubscribe = operation({
  name: 'email.unsubscribe',
  kind: 'write',
  access: { who: 'anyone' },
  limit: 'visit',
  *run({ prepared, tx }, { token }) {
    const user = personOfToken(token);
    const email = yield* emailOf(user);
    if (!email || !isSigned(token, prepared.key, email.address)) throw new Refusal('link-invalid');
    yield* changeSettings(tx, user, { mailDigest: 'never' });
    return {};
  },
});
