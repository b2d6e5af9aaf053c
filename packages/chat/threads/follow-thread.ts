import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { countFollowers, followOf, setFollow } from './follow-store.ts';
import { threadOfReached } from './reached-thread.ts';
import { tellThread } from './tell-thread.ts';

export const followThread = operation({
  name: 'thread.follow',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const thread = yield* threadOfReached(reached);
    const before = yield* followOf(thread.root, actor.user);
    if (before?.following) return { ...thread, ...before };
    if ((yield* countFollowers(thread.root)) >= limits.threadFollowers) {
      throw new Refusal('limit-reached', { limit: limits.threadFollowers, what: 'people who follow a thread' });
    }
    // What was said before is not unread to whom it was not told.
    const state = { ...thread, following: true, readIndex: thread.replies };
    yield* setFollow(thread, actor.user, true, state.readIndex);
    yield* tellThread(tx, actor.user, actor.user, state);
    return state;
  },
});
