import { operation } from '../operation.ts';
import { scheduledOfUser } from './scheduled-store.ts';

export const listScheduled = operation({
  name: 'scheduled.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }) {
    return { scheduled: yield* scheduledOfUser(actor.user) };
  },
});
