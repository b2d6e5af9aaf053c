import { operation } from '../operation.ts';
import { followOf } from './follow-store.ts';
import { threadOfReached } from './reached-thread.ts';

export const showThread = operation({
  name: 'thread.show',
  kind: 'read',
  access: { who: 'message', only: 'readers' },
  limit: 'read',
  *run({ actor, reached }) {
    const thread = yield* threadOfReached(reached);
    const follow = reached.room.membership === null ? undefined : yield* followOf(thread.root, actor.user);
    return { ...thread, following: false, readIndex: thread.replies, ...follow };
  },
});
