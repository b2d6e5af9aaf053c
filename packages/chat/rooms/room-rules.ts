import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';
import { isAtLeast } from '../roles.ts';
import { refuseIfArchived } from './room-info.ts';

/** Whom the rules of a room do not bind: those who look after it, and programs that they let in. */
const isFree = (room: ReachedRoom, user: string): boolean =>
  isAtLeast(room.role, 'moderator') || room.createdBy === user || room.isBot;

/** Refuses whoever a moderator muted here. The reason is asked for only then. */
export function* refuseIfMuted(room: ReachedRoom, user: string, now: number): Step<void> {
  if (room.mutedUntil === null || room.mutedUntil <= now) return;
  const row = yield* sql.get<{ reason: string; until: number }>(
    `SELECT reason, until FROM mutes WHERE user_id = ? AND space_id = ? AND room_id IN ('', ?) ORDER BY until DESC LIMIT 1`,
    user,
    room.space,
    room.id,
  );
  const until = row?.until === undefined || row.until === Number.MAX_SAFE_INTEGER ? {} : { until: row.until };
  throw new Refusal('muted', { reason: row?.reason ?? '', ...until });
}

/** Refuses whoever may not speak here now: it is archived, they are muted, or only moderators do. */
export function* refuseIfSilent(room: ReachedRoom, user: string, now: number): Step<void> {
  refuseIfArchived(room);
  yield* refuseIfMuted(room, user, now);
  if (room.whoPosts === 'moderators' && !isFree(room, user)) throw new Refusal('posting-closed');
}

/** Refuses a post that comes too soon after the last one, and otherwise notes this one. Costs nothing without slow mode. */
export function* takeTurn(room: ReachedRoom, user: string, now: number): Step<void> {
  if (room.slowModeMs === 0 || isFree(room, user)) return;
  const waitMs = (room.membership?.postedAt ?? 0) + room.slowModeMs - now;
  if (waitMs > 0) throw new Refusal('slow-mode', { seconds: Math.ceil(waitMs / 1000), retryAfterMs: waitMs });
  yield* sql.send('UPDATE room_members SET posted_at = ? WHERE room_id = ? AND user_id = ?', now, room.id, user);
}
