import type { RoomId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';

/** Nobody writes into a direct with someone who blocks them. Of all posts only those into directs are asked about. */
export function* refuseBlockedPost(_tx: Transaction, { room, message }: FactOf<'message-posted'>): Step<void> {
  if (room.kind === 'direct' && (yield* isBlockedIn(room.id, message.author))) throw new Refusal('not-accepted');
}

/** What was said before is not turned into something else either. */
export function* refuseBlockedEdit(_tx: Transaction, { message }: FactOf<'message-edited'>): Step<void> {
  if (yield* isBlockedIn(message.room, message.author)) throw new Refusal('not-accepted');
}

/** Whether a room is a direct with someone who blocks `author`. */
function* isBlockedIn(room: RoomId, author: UserId): Step<boolean> {
  const row = yield* sql.get(
    `SELECT 1 AS yes FROM rooms r JOIN room_members rm ON rm.room_id = r.id
     JOIN blocks b ON b.user_id = rm.user_id AND b.blocked = ? WHERE r.id = ? AND r.kind = 'direct'`,
    author,
    room,
  );
  return row !== undefined;
}
