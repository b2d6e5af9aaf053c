import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { ReachedMessage } from '../access.ts';
import { refuseIfArchived } from '../rooms/index.ts';
import { pollOf, type StoredPoll } from './poll-store.ts';

/** The poll of a message. */
export function* reachedPoll({ id, deletedAt }: ReachedMessage): Step<StoredPoll> {
  if (deletedAt !== null) throw new Refusal('message-deleted');
  const poll = yield* pollOf(id);
  if (!poll) throw new Refusal('invalid-params', { path: '/message', problem: 'not a poll' });
  return poll;
}

/** One that can be voted on now. */
export function* openPoll(reached: ReachedMessage, now: number): Step<StoredPoll> {
  const poll = yield* reachedPoll(reached);
  refuseIfArchived(reached.room);
  // Its time may be over a moment before it is told to be closed.
  if (poll.closedAt !== null || (poll.terms.closesAt ?? now + 1) <= now) throw new Refusal('poll-closed');
  return poll;
}
