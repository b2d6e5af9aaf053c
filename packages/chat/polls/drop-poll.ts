import type { UserId } from '@confab/protocol';
import { inboxLog, roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { cancelJob } from '../jobs/index.ts';
import { retell } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { pollOf } from './poll-store.ts';

/** With a deleted message its poll is gone: how the vote stood, and who voted for what, from all logs ([L13]). */
export function* dropPoll(_tx: Transaction, { message, room }: FactOf<'message-deleted'>): Step<void> {
  if ((yield* pollOf(message)) === undefined) return;
  yield* cancelJob('poll-close', message);
  const voters = yield* sql.all<{ user_id: UserId }>(
    'SELECT DISTINCT user_id FROM poll_votes WHERE message_id = ?',
    message,
  );
  yield* sql.run('DELETE FROM poll_votes WHERE message_id = ?', message);
  yield* sql.run('DELETE FROM polls WHERE message_id = ?', message);
  for (const name of ['poll.voted', 'poll.closed'] as const) {
    yield* retell(roomLog(room), message, name, { message, voters: 0 });
  }
  for (const { user_id } of voters) {
    yield* retell(inboxLog(user_id), message, 'inbox.poll-voted', { message, choices: [] });
  }
}
