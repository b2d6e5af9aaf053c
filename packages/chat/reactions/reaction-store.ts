import type { MessageId, Reaction, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';

interface ShownRow {
  message_id: MessageId;
  emoji: string;
  user_id: UserId;
  total: number;
  mine: number;
}

/** The reactions to each of these messages, as `asker` sees them; messages without any are left out. */
export function* reactionsOf(asker: UserId, messages: readonly MessageId[]): Step<Map<MessageId, Reaction[]>> {
  const rows = yield* sql.all<ShownRow>(
    `SELECT message_id, emoji, user_id, total, mine FROM (
       SELECT message_id, emoji, user_id, since, seq,
         COUNT(*) OVER (PARTITION BY message_id, emoji) AS total,
         MAX(CASE WHEN user_id = ? THEN 1 ELSE 0 END) OVER (PARTITION BY message_id, emoji) AS mine,
         ROW_NUMBER() OVER (PARTITION BY message_id, emoji ORDER BY seq) AS place
       FROM reactions WHERE message_id = ANY (?)) AS placed
     WHERE place <= ? ORDER BY message_id, since, seq`,
    asker,
    messages,
    limits.shownReactors,
  );
  const reactions = new Map<MessageId, Reaction[]>();
  for (const row of rows) addRow(reactions, row);
  return reactions;
}

function addRow(reactions: Map<MessageId, Reaction[]>, row: ShownRow): void {
  const ofMessage = reactions.get(row.message_id) ?? [];
  reactions.set(row.message_id, ofMessage);
  const last = ofMessage.at(-1);
  if (last?.emoji === row.emoji) last.users.push(row.user_id);
  else {
    const mine = row.mine === 1 ? ({ mine: true } as const) : {};
    ofMessage.push({ emoji: row.emoji, count: row.total, users: [row.user_id], ...mine });
  }
}

export function* hasReacted(message: MessageId, emoji: string, user: UserId): Step<boolean> {
  const row = yield* sql.get(
    'SELECT 1 AS yes FROM reactions WHERE message_id = ? AND emoji = ? AND user_id = ?',
    message,
    emoji,
    user,
  );
  return row !== undefined;
}

export function* countEmoji(message: MessageId): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    'SELECT COUNT(DISTINCT emoji) AS n FROM reactions WHERE message_id = ?',
    message,
  );
  return row?.n ?? 0;
}

/** Since which event the emoji has been on the message without a break; `undefined` when it is not. */
export function* onItSince(message: MessageId, emoji: string): Step<number | undefined> {
  return (yield* sql.get<{ since: number }>(
    'SELECT since FROM reactions WHERE message_id = ? AND emoji = ? LIMIT 1',
    message,
    emoji,
  ))?.since;
}

/** `seq`: of the event that tells it. */
export function* insertReaction(
  message: MessageId,
  emoji: string,
  user: UserId,
  at: { seq: number; since: number },
): Step<void> {
  yield* sql.run(
    'INSERT INTO reactions (message_id, emoji, user_id, seq, since) VALUES (?, ?, ?, ?, ?)',
    message,
    emoji,
    user,
    at.seq,
    at.since,
  );
}

export function* deleteReaction(message: MessageId, emoji: string, user: UserId): Step<void> {
  yield* sql.run('DELETE FROM reactions WHERE message_id = ? AND emoji = ? AND user_id = ?', message, emoji, user);
}

/** Those who reacted with an emoji, the first ones first, after one of them. */
export function* reactorsAfter(
  message: MessageId,
  emoji: string,
  after: UserId | undefined,
  limit: number,
): Step<UserId[]> {
  const rows = yield* sql.all<{ user_id: UserId }>(
    `SELECT user_id FROM reactions WHERE message_id = ? AND emoji = ? AND seq > COALESCE(
       (SELECT seq FROM reactions WHERE message_id = ? AND emoji = ? AND user_id = ?), 0)
     ORDER BY seq LIMIT ?`,
    message,
    emoji,
    message,
    emoji,
    after ?? '',
    limit,
  );
  return rows.map((row) => row.user_id);
}

/** Nobody reacts to what is not there any more. */
export function* dropReactions(_tx: Transaction, { message }: FactOf<'message-deleted'>): Step<void> {
  yield* sql.run('DELETE FROM reactions WHERE message_id = ?', message);
}
