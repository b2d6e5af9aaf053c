import type { UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { ReachedMessage } from '../access.ts';
import { refuseIfArchived, refuseIfMuted } from '../rooms/index.ts';
import { pollOf, type StoredPoll } from './poll-store.ts';

/** The poll of a message. */
export function* reachedPoll({ id, deletedAt }: ReachedMessage): Step<StoredPoll> {
  if (deletedAt !== null) throw new Refusal('message-deleted');
  const poll = yield* pollOf(id);
  if (!poll) throw new Refusal('invalid-params', { path: '/message', problem: 'not a poll' });
  return poll;
}

/** One that somebody can vote on now. */
export function* openPoll(reached: ReachedMessage, user: UserId, now: number): Step<StoredPoll> {
  const poll = yield* reachedPoll(reached);
  refuseIfArchived(reached.room);
  yield* refuseIfMuted(reached.room, user, now);
  // Its time may be over a moment before it is told to be closed.
  if (poll.closedAt !== null || (poll.terms.closesAt ?? now + 1) <= now) throw new Refusal('poll-closed');
  return poll;
}
