import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { schedulePush } from './schedule-push.ts';
import { targetOf } from './subscription-store.ts';

export const testSubscription = operation({
  name: 'push.test',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { subscription }) {
    if ((yield* targetOf(subscription, tx.now))?.user !== actor.user) throw new Refusal('not-found');
    yield* schedulePush(tx, actor.user, { subscription, about: 'test' }, { message: null, tries: 0 });
    return {};
  },
});
