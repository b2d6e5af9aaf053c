import type { MessageId, Replies, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

interface ThreadRow {
  root: MessageId;
  replies: number;
  last_seq: number;
  last_at: number;
  people: string;
}

const repliesOfRow = (row: ThreadRow): Replies => ({
  count: row.replies,
  lastSeq: row.last_seq,
  lastAt: row.last_at,
  people: JSON.parse(row.people) as UserId[],
});

const columns = 'root, replies, last_seq, last_at, people';

/** What each of these messages that was replied to says of its thread. */
export function* repliesOf(_asker: UserId, messages: readonly MessageId[]): Step<Map<MessageId, Replies>> {
  const rows = yield* sql.all<ThreadRow>(`SELECT ${columns} FROM threads WHERE root = ANY (?)`, messages);
  return new Map(rows.map((row) => [row.root, repliesOfRow(row)]));
}

/** Who began a thread, and how many replies it has. */
export function* threadOf(root: MessageId): Step<{ author: UserId; replies: number } | undefined> {
  return yield* sql.get<{ author: UserId; replies: number }>(
    `SELECT m.author, COALESCE(t.replies, 0) AS replies FROM messages m LEFT JOIN threads t ON t.root = m.id
     WHERE m.id = ?`,
    root,
  );
}

/** Notes one more reply, and answers with the how-manieth it is. */
export function* addReply(
  root: MessageId,
  room: RoomId,
  reply: { readonly seq: number; readonly at: number; readonly by: UserId },
): Step<number> {
  const thread = yield* sql.get<ThreadRow>(`SELECT ${columns} FROM threads WHERE root = ?`, root);
  if (!thread) {
    yield* sql.run(
      'INSERT INTO threads (root, room_id, replies, last_seq, last_at, people) VALUES (?, ?, 1, ?, ?, ?)',
      root,
      room,
      reply.seq,
      reply.at,
      JSON.stringify([reply.by]),
    );
    return 1;
  }
  const { people } = repliesOfRow(thread);
  const isShown = people.includes(reply.by) || people.length >= limits.shownRepliers;
  yield* sql.run(
    'UPDATE threads SET replies = ?, last_seq = ?, last_at = ?, people = ? WHERE root = ?',
    thread.replies + 1,
    reply.seq,
    reply.at,
    JSON.stringify(isShown ? people : [...people, reply.by]),
    root,
  );
  return thread.replies + 1;
}
