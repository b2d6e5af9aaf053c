import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { deleteSubscriptionOf } from './subscription-store.ts';

export const removeSubscription = operation({
  name: 'push.unsubscribe',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor }, { subscription }) {
    if (!(yield* deleteSubscriptionOf(actor.user, subscription))) throw new Refusal('not-found');
    return {};
  },
});
