import type { PushSubscriptionId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { clearFor, insertSubscription, subscriptionsOf } from './subscription-store.ts';

export const addSubscription = operation({
  name: 'push.subscribe',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  ids: 1,
  *run({ actor: { user, session }, tx }, { endpoint, keys }) {
    const target = { user, endpoint, ...keys };
    yield* clearFor(target, session, tx.now);
    if ((yield* subscriptionsOf(user, tx.now)).length >= limits.pushSubscriptionsPerPerson) {
      throw new Refusal('limit-reached', {
        limit: limits.pushSubscriptionsPerPerson,
        what: 'browsers with notifications',
      });
    }
    const id = tx.newId<PushSubscriptionId>();
    yield* insertSubscription(id, target, session, tx.now);
    const subscription = (yield* subscriptionsOf(user, tx.now)).find((each) => each.id === id);
    if (!subscription) throw new Error('Whoever subscribes has a session.');
    return { subscription };
  },
});
