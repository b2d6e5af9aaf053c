import { operation } from '../operation.ts';
import { countAsked } from './asked-mails.ts';
import { emailOf, putEmail } from './email-store.ts';
import { endDigest } from './mail-alerts.ts';
import { scheduleMail } from './schedule-mail.ts';

/** The password was checked before. */
export const setEmail = operation({
  name: 'account.set-email',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor: { user }, prepared, tx }, { email }) {
    const before = yield* emailOf(user);
    if (before?.address !== email || !before.verified) {
      yield* countAsked(user, email, tx.now);
      yield* putEmail(user, email);
      yield* endDigest(user);
      yield* scheduleMail(tx, user, 'verify');
    }
    return { state: prepared.mail, email: yield* emailOf(user) };
  },
});
