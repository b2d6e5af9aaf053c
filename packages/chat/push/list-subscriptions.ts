import { operation } from '../operation.ts';
import { subscriptionsOf } from './subscription-store.ts';

export const listSubscriptions = operation({
  name: 'push.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, prepared: { publicKey }, tx }) {
    return { publicKey, subscriptions: yield* subscriptionsOf(actor.user, tx.now) };
  },
});
