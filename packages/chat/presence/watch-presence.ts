import { knownTo } from '../accounts/index.ts';
import { operation } from '../operation.ts';

export const watchPresence = operation({
  name: 'presence.watch',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }, { users }) {
    return { seen: yield* knownTo(actor.user, users) };
  },
});
