import type { Person, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** Those whom a guest knows: who shares a room with them. Ascending by id, at most `limit`. */
export function* roommatesOf(user: UserId, limit: number): Step<UserId[]> {
  const rows = yield* sql.all<Pick<Person, 'id'>>(
    `SELECT DISTINCT theirs.user_id AS id FROM room_members mine
     JOIN room_members theirs ON theirs.room_id = mine.room_id
     WHERE mine.user_id = ? ORDER BY theirs.user_id LIMIT ?`,
    user,
    limit,
  );
  return rows.map((row) => row.id);
}

/** Those who are in a direct or group with someone. Ascending by id, at most `limit`. */
export function* groupmatesOf(user: UserId, limit: number): Step<UserId[]> {
  const rows = yield* sql.all<Pick<Person, 'id'>>(
    `SELECT DISTINCT theirs.user_id AS id FROM room_members mine
     JOIN rooms r ON r.id = mine.room_id AND r.space_id IS NULL
     JOIN room_members theirs ON theirs.room_id = mine.room_id
     WHERE mine.user_id = ? ORDER BY theirs.user_id LIMIT ?`,
    user,
    limit,
  );
  return rows.map((row) => row.id);
}
