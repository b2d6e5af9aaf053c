import type { Draft, MessageId, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

interface DraftRow {
  room_id: RoomId;
  thread: MessageId | '';
  text: string;
  quote: MessageId | '';
  at: number;
}

const draftOf = ({ room_id, thread, text, quote, at }: DraftRow): Draft => ({
  room: room_id,
  ...(thread === '' ? {} : { thread }),
  text,
  ...(quote === '' ? {} : { quote }),
  at,
});

/** What is kept for one place, an empty one that stands for what was sent or given up among them. */
export function* draftAt(user: UserId, room: RoomId, thread: MessageId | undefined): Step<Draft | undefined> {
  const row = yield* sql.get<DraftRow>(
    'SELECT room_id, thread, text, quote, at FROM drafts WHERE user_id = ? AND room_id = ? AND thread = ?',
    user,
    room,
    thread ?? '',
  );
  return row && draftOf(row);
}

/** Those that say something, in rooms that the person is in; the newest first. */
export function* draftsOf(user: UserId): Step<Draft[]> {
  const rows = yield* sql.all<DraftRow>(
    `SELECT d.room_id, d.thread, d.text, d.quote, d.at FROM drafts d
     JOIN room_members rm ON rm.room_id = d.room_id AND rm.user_id = d.user_id
     WHERE d.user_id = ? AND (d.text <> '' OR d.quote <> '') ORDER BY d.at DESC, d.room_id, d.thread LIMIT ?`,
    user,
    limits.draftsPerPerson,
  );
  return rows.map(draftOf);
}

/** Whether a message of the room can be quoted there. */
export function* mayQuote(room: RoomId, message: MessageId): Step<boolean> {
  const row = yield* sql.get(
    'SELECT 1 AS yes FROM messages WHERE id = ? AND room_id = ? AND deleted_at IS NULL',
    message,
    room,
  );
  return row !== undefined;
}

export function* putDraft(user: UserId, { room, thread, text, quote, at }: Draft): Step<void> {
  yield* sql.run(
    `INSERT INTO drafts (user_id, room_id, thread, text, quote, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (user_id, room_id, thread) DO UPDATE SET text = excluded.text, quote = excluded.quote, at = excluded.at`,
    user,
    room,
    thread ?? '',
    text,
    quote ?? '',
    at,
  );
}

/** Forgets those beyond the bound, the oldest first. */
export function* forgetOldDrafts(user: UserId): Step<void> {
  yield* sql.run(
    `DELETE FROM drafts WHERE user_id = ? AND at < COALESCE(
       (SELECT at FROM drafts WHERE user_id = ? ORDER BY at DESC LIMIT 1 OFFSET ?), 0)`,
    user,
    user,
    limits.draftsPerPerson - 1,
  );
}
