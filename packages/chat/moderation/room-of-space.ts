import type { RoomId, SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';

/** Refuses for a room that is not of the space, or that this moderator does not see. */
export function* checkRoomOf(space: SpaceId, room: RoomId, moderator: UserId): Step<void> {
  const row = yield* sql.get(
    `SELECT 1 AS yes FROM rooms r WHERE r.id = ? AND r.space_id = ? AND (r.visibility = 'public'
       OR EXISTS (SELECT 1 FROM room_members rm WHERE rm.room_id = r.id AND rm.user_id = ?))`,
    room,
    space,
    moderator,
  );
  if (!row) throw new Refusal('not-found');
}
