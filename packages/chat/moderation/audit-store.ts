import type { AuditEntry, Params, SpaceId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { Audited } from '../facts.ts';
import { endOf, untilOf } from './forever.ts';

const dayMs = 86_400_000;

/** How many days the record of a space is kept. */
export function* auditDays(space: SpaceId): Step<number> {
  const row = yield* sql.get<{ days: number }>('SELECT audit_days AS days FROM spaces WHERE id = ?', space);
  return row?.days ?? 0;
}

export function* setAuditDays(space: SpaceId, days: number): Step<void> {
  yield* sql.run('UPDATE spaces SET audit_days = ? WHERE id = ?', days, space);
}

/** Puts an entry at the end of a space's record, and takes those away whose term has passed. */
export function* insertAudit(entry: Audited, now: number): Step<void> {
  const space = yield* sql.get<{ n: number; days: number }>(
    'UPDATE spaces SET audit_count = audit_count + 1 WHERE id = ? RETURNING audit_count AS n, audit_days AS days',
    entry.space,
  );
  if (!space) throw new Error('There is no such space.');
  yield* sql.run(
    `INSERT INTO audit (space_id, n, at, by_user, action, user_id, room_id, message_id, reason, until, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.space,
    space.n,
    now,
    entry.by,
    entry.action,
    entry.user ?? null,
    entry.room ?? null,
    entry.message ?? null,
    entry.reason ?? null,
    entry.until === undefined ? null : endOf(entry.until),
    entry.detail ?? null,
  );
  yield* sql.run('DELETE FROM audit WHERE space_id = ? AND at <= ?', entry.space, oldestKept(space.days, now));
}

interface AuditRow {
  n: number;
  at: number;
  by_user: AuditEntry['by'];
  action: AuditEntry['action'];
  user_id: NonNullable<AuditEntry['user']> | null;
  room_id: NonNullable<AuditEntry['room']> | null;
  message_id: NonNullable<AuditEntry['message']> | null;
  reason: string | null;
  until: number | null;
  detail: string | null;
}

const entryOf = (row: AuditRow): AuditEntry => ({
  n: row.n,
  at: row.at,
  by: row.by_user,
  action: row.action,
  ...(row.user_id === null ? {} : { user: row.user_id }),
  ...(row.room_id === null ? {} : { room: row.room_id }),
  ...(row.message_id === null ? {} : { message: row.message_id }),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.until === null ? {} : { until: untilOf(row.until) }),
  ...(row.detail === null ? {} : { detail: row.detail }),
});

type Wanted = Omit<Params<'moderation.audit'>, 'limit'>;

/** Entries whose term has not passed, the latest first. */
export function* auditEntries(wanted: Wanted, oldest: number, limit: number): Step<AuditEntry[]> {
  const { space, user, action, since, until, before } = wanted;
  const rows = yield* sql.all<AuditRow>(
    `SELECT n, at, by_user, action, user_id, room_id, message_id, reason, until, detail FROM audit
     WHERE space_id = ? AND n < ? AND at > ? AND at >= ? AND at <= ?
       AND (? = '' OR by_user = ? OR user_id = ?) AND (? = '' OR action = ?) ORDER BY n DESC LIMIT ?`,
    space,
    before ?? Number.MAX_SAFE_INTEGER,
    oldest,
    since ?? 0,
    until ?? Number.MAX_SAFE_INTEGER,
    ...[user ?? '', user ?? '', user ?? ''],
    ...[action ?? '', action ?? ''],
    limit,
  );
  return rows.map(entryOf);
}

/** Unix milliseconds: what happened then or before is not kept any more. */
export const oldestKept = (days: number, now: number): number => now - days * dayMs;
