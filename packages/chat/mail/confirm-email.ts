import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { countAsked } from './asked-mails.ts';
import { emailOf } from './email-store.ts';
import { scheduleMail } from './schedule-mail.ts';

export const confirmEmail = operation({
  name: 'account.confirm-email',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor: { user }, prepared, tx }) {
    if (prepared.mail !== 'ready') throw new Refusal('mail-not-set-up');
    const email = yield* emailOf(user);
    if (!email) throw new Refusal('not-found');
    if (email.verified) return {};
    yield* countAsked(user, email.address, tx.now);
    yield* scheduleMail(tx, user, 'verify');
    return {};
  },
});
