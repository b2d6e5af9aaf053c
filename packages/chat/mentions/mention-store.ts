import type { Message, MessageId, PeopleGroupId, RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { blockersOf } from '../blocks/index.ts';
import { maySee } from './named-in.ts';

export interface MentionRow {
  readonly user: UserId;
  readonly room: RoomId;
  readonly seq: number;
  readonly called: number;
}

/** Those in groups who may see the room. */
function* peopleOfGroups(room: RoomId, groups: readonly PeopleGroupId[]): Step<UserId[]> {
  if (groups.length === 0) return [];
  const rows = yield* sql.all<{ id: UserId }>(
    `SELECT DISTINCT u.id FROM people_group_members g JOIN users u ON u.id = g.user_id JOIN rooms r ON r.id = ?
     LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = u.id
     LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = u.id
     WHERE g.group_id = ANY (?) AND u.disabled_at IS NULL AND ${maySee}`,
    room,
    groups,
  );
  return rows.map(({ id }) => id);
}

/** Whom a message is to tell that it mentions them: not its author, nor those who blocked them. By id. */
export function* toldBy(
  { room, author, mentions = [], mentionedGroups = [] }: Message,
  called: readonly UserId[] = [],
): Step<UserId[]> {
  const named = new Set([...mentions, ...(yield* peopleOfGroups(room, mentionedGroups)), ...called]);
  named.delete(author);
  for (const user of yield* blockersOf(author, [...named])) named.delete(user);
  return [...named].sort();
}

/** Where a reply that shows in its thread alone stands in it; `undefined` for what shows in the room. */
export function* placeInThread({
  id,
  thread,
  alsoInRoom,
}: Message): Step<{ thread: MessageId; index: number } | undefined> {
  if (thread === undefined || alsoInRoom) return undefined;
  const row = yield* sql.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM messages r JOIN messages m ON m.id = ? WHERE r.thread = ? AND r.seq <= m.seq`,
    id,
    thread,
  );
  return { thread, index: row?.n ?? 1 };
}

interface NewMention {
  readonly user: UserId;
  readonly place: { readonly thread: MessageId; readonly index: number } | undefined;
  /** By `@here`, not by name. */
  readonly called: boolean;
}

/** In a thread it is unread for those who are in the room; others have no membership that could say so. */
export function* insertMention({ id, room, seq }: Message, { user, place, called }: NewMention): Step<void> {
  yield* sql.send(
    `INSERT INTO mentions (user_id, message_id, room_id, seq, thread, thread_index, thread_unread, called)
     VALUES (?, ?, ?, ?, ?, ?,
       ${place ? '(SELECT COUNT(*) FROM room_members rm WHERE rm.room_id = ? AND rm.user_id = ?)' : '0'}, ?)`,
    user,
    id,
    room,
    seq,
    place?.thread ?? null,
    place?.index ?? 0,
    ...(place ? [room, user] : []),
    called ? 1 : 0,
  );
}

/** Those of them who are in the room, by id; at most `limit`. */
export function* membersAmong(room: RoomId, users: readonly UserId[], limit: number): Step<UserId[]> {
  const rows = yield* sql.all<{ user: UserId }>(
    'SELECT user_id AS "user" FROM room_members WHERE room_id = ? AND user_id = ANY (?) ORDER BY user_id LIMIT ?',
    room,
    users,
    limit,
  );
  return rows.map(({ user }) => user);
}

/** Somebody has read a thread up to its reply number `index`; whether that was news of any mention. */
export function* readMentionsInThread(user: UserId, room: RoomId, thread: MessageId, index: number): Step<boolean> {
  const read = yield* sql.all(
    `UPDATE mentions SET thread_unread = 0
     WHERE user_id = ? AND room_id = ? AND thread_unread = 1 AND thread = ? AND thread_index <= ? RETURNING seq`,
    user,
    room,
    thread,
    index,
  );
  return read.length > 0;
}

/** Who is not in a room has nothing unread in it. */
export function* forgetMentionsInThreads(user: UserId, room: RoomId): Step<void> {
  yield* sql.run(
    'UPDATE mentions SET thread_unread = 0 WHERE user_id = ? AND room_id = ? AND thread_unread = 1',
    user,
    room,
  );
}

export function* mentionsBy(message: MessageId): Step<MentionRow[]> {
  return yield* sql.all<MentionRow>(
    'SELECT user_id AS "user", room_id AS room, seq, called FROM mentions WHERE message_id = ? ORDER BY user_id',
    message,
  );
}

export function* deleteMention(message: MessageId, user: UserId): Step<void> {
  yield* sql.send('DELETE FROM mentions WHERE message_id = ? AND user_id = ?', message, user);
}

export function* insertRoomMention({ id, room, seq, author }: Message): Step<void> {
  yield* sql.send(
    'INSERT INTO room_mentions (room_id, seq, message_id, author) VALUES (?, ?, ?, ?)',
    room,
    seq,
    id,
    author,
  );
}

export function* deleteRoomMention(message: MessageId): Step<void> {
  yield* sql.send('DELETE FROM room_mentions WHERE message_id = ?', message);
}

/** Messages that mention someone and that they may see, by name or with everyone, newest first. */
export function* mentionsOf(user: UserId, before: MessageId | undefined, limit: number): Step<MessageId[]> {
  const bound = before ?? 'g';
  const rows = yield* sql.all<{ id: MessageId }>(
    `SELECT n.message_id AS id FROM mentions n JOIN rooms r ON r.id = n.room_id
     LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = n.user_id
     LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = n.user_id
     WHERE n.user_id = ? AND n.message_id < ? AND ${maySee}
     UNION
     SELECT a.message_id FROM room_mentions a JOIN room_members rm ON rm.room_id = a.room_id AND rm.user_id = ?
     JOIN messages m ON m.id = a.message_id
     WHERE a.author <> rm.user_id AND a.message_id < ? AND m.posted_at >= rm.joined_at
     AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.user_id = rm.user_id AND b.blocked = a.author)
     ORDER BY 1 DESC LIMIT ?`,
    user,
    bound,
    user,
    bound,
    limit,
  );
  return rows.map(({ id }) => id);
}
