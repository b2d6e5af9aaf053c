import { operation } from '../operation.ts';
import { forgetEmail } from './forget-email.ts';

export const removeEmail = operation({
  name: 'account.remove-email',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor }) {
    yield* forgetEmail(actor.user);
    return {};
  },
});
