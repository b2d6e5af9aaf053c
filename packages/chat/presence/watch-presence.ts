import { operation } from '../operation.ts';
import { knownTo } from './presence-store.ts';

export const watchPresence = operation({
  name: 'presence.watch',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }, { users }) {
    return { seen: yield* knownTo(actor.user, users) };
  },
});
