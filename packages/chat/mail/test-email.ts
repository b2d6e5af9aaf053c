import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { countAsked } from './asked-mails.ts';
import { emailOf } from './email-store.ts';
import { scheduleMail } from './schedule-mail.ts';

/** Only to an address that is known to be theirs. */
export const testEmail = operation({
  name: 'account.test-email',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor: { user }, prepared, tx }) {
    if (prepared.mail !== 'ready') throw new Refusal('mail-not-set-up');
    const email = yield* emailOf(user);
    if (!email?.verified) throw new Refusal('not-found');
    yield* countAsked(user, email.address, tx.now);
    yield* scheduleMail(tx, user, 'test');
    return {};
  },
});
