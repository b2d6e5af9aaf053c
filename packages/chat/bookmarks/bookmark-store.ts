import type { Bookmark, MessageId, RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { visibleKept } from '../visible-kept.ts';

interface BookmarkRow {
  message_id: MessageId;
  room_id: RoomId;
  at: number;
  note: string;
}

const columns = 'k.message_id, k.room_id, k.at, k.note';

const bookmarkOf = ({ message_id, room_id, at, note }: BookmarkRow): Bookmark => ({
  message: message_id,
  room: room_id,
  at,
  note,
});

export function* bookmarkOn(user: UserId, message: MessageId): Step<Bookmark | undefined> {
  const row = yield* sql.get<BookmarkRow>(
    `SELECT ${columns} FROM bookmarks k WHERE k.user_id = ? AND k.message_id = ?`,
    user,
    message,
  );
  return row && bookmarkOf(row);
}

export function* countBookmarks(user: UserId): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM bookmarks WHERE user_id = ?', user))?.n ?? 0;
}

/** Those of messages that the person may see, kept last first, after one of them. */
export function* bookmarksAfter(user: UserId, after: MessageId | undefined, limit: number): Step<Bookmark[]> {
  const rows = yield* sql.all<BookmarkRow>(
    `SELECT ${columns} FROM bookmarks k ${visibleKept}
       ${after === undefined ? '' : 'AND (k.at, k.message_id) < (SELECT b.at, b.message_id FROM bookmarks b WHERE b.user_id = k.user_id AND b.message_id = ?)'}
     ORDER BY k.at DESC, k.message_id DESC LIMIT ?`,
    user,
    ...(after === undefined ? [] : [after]),
    limit,
  );
  return rows.map(bookmarkOf);
}

export function* putBookmark(user: UserId, { message, room, at, note }: Bookmark): Step<void> {
  yield* sql.run(
    `INSERT INTO bookmarks (user_id, message_id, room_id, at, note) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (user_id, message_id) DO UPDATE SET note = excluded.note`,
    user,
    message,
    room,
    at,
    note,
  );
}

export function* deleteBookmark(user: UserId, message: MessageId): Step<boolean> {
  return (yield* sql.run('DELETE FROM bookmarks WHERE user_id = ? AND message_id = ?', user, message)) > 0;
}
