import { knownTo } from '../accounts/index.ts';
import { operation } from '../operation.ts';

export const showPresence = operation({
  name: 'presence.show',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }, { users }) {
    return { seen: yield* knownTo(actor.user, users) };
  },
});
