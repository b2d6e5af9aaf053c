import type { Poll, RoomId, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { type StoredPoll, wholePoll } from './poll-store.ts';

/** Tells everyone in the room how the vote stands now. */
export function* tellStanding(
  tx: Transaction,
  name: 'poll.voted' | 'poll.closed',
  room: RoomId,
  by: UserId | null,
  stored: StoredPoll,
): Step<Poll> {
  const poll = yield* wholePoll(stored);
  const { message } = stored;
  const data = { message, voters: poll.voters, ...(poll.tally ? { tally: poll.tally } : {}) };
  yield* append(tx, { log: roomLog(room), name, by, data, subject: message });
  return poll;
}
