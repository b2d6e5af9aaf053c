import { operation } from '../operation.ts';
import { messageOfReached, whole } from './reached-message.ts';

export const showMessage = operation({
  name: 'message.show',
  kind: 'read',
  access: { who: 'message', only: 'readers' },
  limit: 'read',
  *run({ actor, reached, tx }) {
    return { message: yield* whole(tx, actor.user, messageOfReached(reached)) };
  },
});
