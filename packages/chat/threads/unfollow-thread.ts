import { operation } from '../operation.ts';
import { followOf, setFollow } from './follow-store.ts';
import { threadOfReached } from './reached-thread.ts';
import { tellThread } from './tell-thread.ts';

export const unfollowThread = operation({
  name: 'thread.unfollow',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const thread = yield* threadOfReached(reached);
    const before = yield* followOf(thread.root, actor.user);
    const state = { ...thread, following: false, readIndex: before?.readIndex ?? thread.replies };
    if (before?.following === false) return state;
    // Noted though it was never followed: a first reply to what one wrote would begin it.
    yield* setFollow(thread, actor.user, false, state.readIndex);
    yield* tellThread(tx, actor.user, actor.user, state);
    return state;
  },
});
