import type { Ban, SpaceId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import { endOf, untilOf } from './forever.ts';

interface BanRow {
  space_id: SpaceId;
  user_id: UserId;
  reason: string;
  until: number;
  banned_by: UserId;
  at: number;
}

const columns = 'space_id, user_id, reason, until, banned_by, at';

const banOf = (row: BanRow): Ban => ({
  space: row.space_id,
  user: row.user_id,
  reason: row.reason,
  until: untilOf(row.until),
  by: row.banned_by,
  at: row.at,
});

/** The ban that keeps someone out of a space now. */
export function* banOn(space: SpaceId, user: UserId, now: number): Step<Ban | undefined> {
  const row = yield* sql.get<BanRow>(
    `SELECT ${columns} FROM bans WHERE space_id = ? AND user_id = ? AND until > ?`,
    space,
    user,
    now,
  );
  return row && banOf(row);
}

/** Those of a space that hold, the latest first. */
export function* bansIn(space: SpaceId, now: number): Step<Ban[]> {
  const rows = yield* sql.all<BanRow>(
    `SELECT ${columns} FROM bans WHERE space_id = ? AND until > ? ORDER BY at DESC, user_id LIMIT ?`,
    space,
    now,
    limits.sanctionsShown,
  );
  return rows.map(banOf);
}

export function* insertBan({ space, user, reason, until, by, at }: Ban): Step<void> {
  yield* sql.run(
    `INSERT INTO bans (space_id, user_id, reason, until, banned_by, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (space_id, user_id) DO UPDATE SET reason = excluded.reason, until = excluded.until,
       banned_by = excluded.banned_by, at = excluded.at`,
    space,
    user,
    reason,
    endOf(until),
    by,
    at,
  );
}

export function* deleteBan(space: SpaceId, user: UserId): Step<void> {
  yield* sql.run('DELETE FROM bans WHERE space_id = ? AND user_id = ?', space, user);
}

/** Invitations of somebody who was put out do not bring others in, or themselves under another name. */
export function* withdrawInvites(space: SpaceId, user: UserId, now: number): Step<void> {
  yield* sql.run(
    'UPDATE invites SET revoked_at = ? WHERE space_id = ? AND created_by = ? AND revoked_at IS NULL',
    now,
    space,
    user,
  );
}
