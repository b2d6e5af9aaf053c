import { operation } from '../operation.ts';
import { ownScheduled } from './own-scheduled.ts';
import { removeScheduled } from './tell-scheduled.ts';

export const cancelScheduled = operation({
  name: 'scheduled.cancel',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { scheduled }) {
    yield* removeScheduled(tx, actor.user, yield* ownScheduled(actor, scheduled));
    return {};
  },
});
