import { operation } from '../operation.ts';
import { emailOf } from './email-store.ts';

export const showEmail = operation({
  name: 'account.show-email',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, prepared }) {
    return { state: prepared.mail, email: yield* emailOf(actor.user) };
  },
});
