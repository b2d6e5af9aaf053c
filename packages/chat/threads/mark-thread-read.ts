import { readMentionsInThread } from '../mentions/index.ts';
import { operation } from '../operation.ts';
import { tellMembership } from '../rooms/index.ts';
import { followOf, setFollow } from './follow-store.ts';
import { threadOfReached } from './reached-thread.ts';
import { tellThread } from './tell-thread.ts';

export const markThreadRead = operation({
  name: 'thread.mark-read',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }, { index }) {
    const thread = yield* threadOfReached(reached);
    if (yield* readMentionsInThread(actor.user, thread.room, thread.root, index)) {
      yield* tellMembership(tx, actor.user, thread.room);
    }
    const before = yield* followOf(thread.root, actor.user);
    // Nothing is unread in what one does not follow.
    if (!before?.following) return { ...thread, following: false, readIndex: thread.replies };
    const state = {
      ...thread,
      following: true,
      readIndex: Math.max(before.readIndex, Math.min(index, thread.replies)),
    };
    if (state.readIndex === before.readIndex) return state;
    yield* setFollow(thread, actor.user, true, state.readIndex);
    yield* tellThread(tx, actor.user, actor.user, state);
    return state;
  },
});
