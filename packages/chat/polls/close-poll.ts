import type { MessageId, Poll, RoomId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { cancelJob, type JobHandler } from '../jobs/index.ts';
import { roomOfMessage } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { pollOf, type StoredPoll, setClosed, wholePoll } from './poll-store.ts';
import { reachedPoll } from './reached-poll.ts';
import { tellStanding } from './tell-standing.ts';

function* close(tx: Transaction, room: RoomId, by: UserId | null, poll: StoredPoll): Step<Poll> {
  yield* setClosed(poll.message, tx.now);
  return yield* tellStanding(tx, 'poll.closed', room, by, { ...poll, closedAt: tx.now });
}

export const closePoll = operation({
  name: 'poll.close',
  kind: 'write',
  access: { who: 'message', only: 'author-or-moderator' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const poll = yield* reachedPoll(reached);
    refuseIfArchived(reached.room);
    if (poll.closedAt !== null) return { poll: yield* wholePoll(poll) };
    yield* cancelJob('poll-close', poll.message);
    return { poll: yield* close(tx, reached.room.id, actor.user, poll) };
  },
});

/** Ends the vote on a poll whose time has come. */
export const closeDuePoll: JobHandler<null> = {
  *run(tx, { subject }) {
    const message = subject as MessageId;
    const poll = yield* pollOf(message);
    const room = yield* roomOfMessage(message);
    if (poll && poll.closedAt === null && room !== undefined) yield* close(tx, room, null, poll);
  },
};
