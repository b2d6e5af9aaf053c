import { inboxLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { stopGreeting } from './space-store.ts';

export const dismissWelcome = operation({
  name: 'space.dismiss-welcome',
  kind: 'write',
  access: { who: 'space', atLeast: 'guest' },
  limit: 'write',
  *run({ actor: { user }, reached, tx }) {
    if (yield* stopGreeting(reached.id, user)) {
      const data = { space: reached.id };
      yield* append(tx, { log: inboxLog(user), name: 'inbox.welcome-dismissed', by: user, data });
    }
    return {};
  },
});
