import type { RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { tellMembership } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';

/** Out of someone's list until the room has more posts than that; `null`: in it. Tells their devices of a change. */
export function* setClosedCount(tx: Transaction, room: RoomId, user: UserId, count: number | null): Step<void> {
  const changed = yield* sql.run(
    `UPDATE room_members SET closed_count = ? WHERE room_id = ? AND user_id = ?
     AND COALESCE(closed_count, -1) <> COALESCE(CAST(? AS BIGINT), -1)`,
    count,
    room,
    user,
    count,
  );
  if (changed > 0) yield* tellMembership(tx, user, room);
}
