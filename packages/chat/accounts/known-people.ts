import type { UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { LastSeen } from '../prepared.ts';

/**
 * Those of `users` whom the asker may know of, with when they were last seen (Unix ms): people who share a
 * space in which the asker is no guest, or a room. Oneself is among them.
 */
export function* knownTo(asker: UserId, users: readonly UserId[]): Step<LastSeen[]> {
  if (users.length === 0) return [];
  return yield* sql.all<LastSeen>(
    `SELECT u.id AS user, u.last_seen_at AS "lastSeenAt" FROM users u WHERE u.id = ANY (?) AND (u.id = ?
       OR EXISTS (SELECT 1 FROM space_members a JOIN space_members b ON b.space_id = a.space_id
         WHERE a.user_id = ? AND b.user_id = u.id AND a.role <> 'guest')
       OR EXISTS (SELECT 1 FROM room_members a JOIN room_members b ON b.room_id = a.room_id
         WHERE a.user_id = ? AND b.user_id = u.id))
     ORDER BY u.id`,
    users,
    asker,
    asker,
    asker,
  );
}
