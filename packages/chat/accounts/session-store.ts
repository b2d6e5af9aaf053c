import type { SessionId, SessionView, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { bounds } from '../bounds.ts';
import type { NewSession } from '../prepared.ts';

/** A session ends when it was not used for this long. */
export const sessionLifetimeMs = 30 * 86_400_000;

/** What a session is good for: everything that its user may do, or posting and nothing else. */
export type SessionScope = 'all' | 'post';

/** The end of a session that does not expire (Unix ms; the year 9999). */
const never = 253_370_764_800_000;

export interface SessionState {
  readonly session: SessionId;
  readonly user: UserId;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly disabledAt: number | null;
  readonly scope: SessionScope;
}

export function* sessionByTokenHash(tokenHash: string): Step<SessionState | undefined> {
  return yield* sql.get<SessionState>(
    `SELECT s.id AS session, s.user_id AS user, s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt",
       s.revoked_at AS "revokedAt", u.disabled_at AS "disabledAt", s.scope
     FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ?`,
    tokenHash,
  );
}

/**
 * Stores a session. Those that ended longer than a lifetime ago are forgotten, and if the person has too many, the one
 * unused for longest ends: answers with the sessions that did.
 */
export function* insertSession(user: UserId, id: SessionId, session: NewSession, now: number): Step<SessionId[]> {
  yield* sql.run(
    'DELETE FROM sessions WHERE user_id = ? AND (expires_at < ? OR revoked_at < ?)',
    user,
    now - sessionLifetimeMs,
    now - sessionLifetimeMs,
  );
  const beyond = yield* sql.all<{ id: SessionId }>(
    `SELECT id FROM sessions WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?
     ORDER BY last_used_at DESC, id DESC LIMIT 1000 OFFSET ?`,
    user,
    now,
    bounds.sessionsPerUser - 1,
  );
  for (const row of beyond) yield* revoke(user, row.id, now);
  yield* sql.run(
    `INSERT INTO sessions (id, user_id, token_hash, agent, created_at, last_used_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    id,
    user,
    session.tokenHash,
    session.agent,
    now,
    now,
    now + sessionLifetimeMs,
  );
  return beyond.map((row) => row.id);
}

/** Stores a session that may only post and does not expire. */
export function* insertPostingSession(user: UserId, id: SessionId, tokenHash: string, now: number): Step<void> {
  yield* sql.run(
    `INSERT INTO sessions (id, user_id, token_hash, agent, created_at, last_used_at, expires_at, scope)
     VALUES (?, ?, ?, '', ?, ?, ?, 'post')`,
    id,
    user,
    tokenHash,
    now,
    now,
    never,
  );
}

/** Ends one of a user's sessions; `false` when it is not theirs or had ended. */
export function* revoke(user: UserId, session: SessionId, now: number): Step<boolean> {
  const changed = yield* sql.run(
    'UPDATE sessions SET revoked_at = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL',
    now,
    session,
    user,
  );
  return changed === 1;
}

/** Ends all of a user's sessions but `keep`, and answers with those that it ended. */
export function* revokeAll(user: UserId, keep: SessionId | null, now: number): Step<SessionId[]> {
  const which = "user_id = ? AND revoked_at IS NULL AND id <> COALESCE(?, '')";
  const ended = yield* sql.all<{ id: SessionId }>(`SELECT id FROM sessions WHERE ${which} ORDER BY id`, user, keep);
  yield* sql.run(`UPDATE sessions SET revoked_at = ? WHERE ${which}`, now, user, keep);
  return ended.map(({ id }) => id);
}

/** Notes that a session was used, which puts its end off by a lifetime from then. */
export function* touch(session: SessionId, now: number): Step<void> {
  yield* sql.run(
    `UPDATE sessions SET last_used_at = ?, expires_at = CASE WHEN scope = 'all' THEN ? ELSE expires_at END
     WHERE id = ? AND revoked_at IS NULL AND expires_at > ? AND last_used_at < ?`,
    now,
    now + sessionLifetimeMs,
    session,
    now,
    now,
  );
}

/** A user's sessions that still work, the one used last first. */
export function* sessionsOf(user: UserId, current: SessionId, now: number): Step<SessionView[]> {
  const rows = yield* sql.all<Omit<SessionView, 'current'>>(
    `SELECT id, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", agent
     FROM sessions WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY last_used_at DESC, id DESC`,
    user,
    now,
  );
  return rows.map((row) => ({ ...row, current: row.id === current }));
}
