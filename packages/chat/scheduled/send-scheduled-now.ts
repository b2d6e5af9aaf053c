import { operation } from '../operation.ts';
import { ownScheduled } from './own-scheduled.ts';
import { planScheduled } from './tell-scheduled.ts';

/** Posting is left to the job, which goes by the room: what is said there is told in the order in which it is stored. */
export const sendScheduledNow = operation({
  name: 'scheduled.send-now',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { scheduled }) {
    const { failed: _, ...waiting } = yield* ownScheduled(actor, scheduled);
    yield* planScheduled(tx, actor.user, { ...waiting, dueAt: tx.now });
    return {};
  },
});
