import type { UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** How long a claimed peer id stays its person's, in milliseconds. */
export const leaseTimes = {
  /** From a claim or renewal: a node that dies takes its ids with it for no longer. */
  heldMs: 90_000,
  /** From a release: a page that reloads or loses its connection finds its id again. */
  keptMs: 60_000,
} as const;

interface Lease {
  readonly user: UserId;
  readonly secretHash: string;
  /** The connection that hears under the id; `null` while there is none. */
  readonly holder: string | null;
}

/** The lease of an id, unless it has run out. */
export function* leaseOf(peer: string, now: number): Step<Lease | undefined> {
  return yield* sql.get<Lease>(
    `SELECT user_id AS "user", secret_hash AS "secretHash", holder FROM peer_leases WHERE id = ? AND expires_at > ?`,
    peer,
    now,
  );
}

export function* putLease(peer: string, lease: Lease, expiresAt: number): Step<void> {
  yield* sql.run(
    `INSERT INTO peer_leases (id, user_id, secret_hash, holder, expires_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, secret_hash = excluded.secret_hash,
       holder = excluded.holder, expires_at = excluded.expires_at`,
    peer,
    lease.user,
    lease.secretHash,
    lease.holder,
    expiresAt,
  );
}

/** Changes the lease that a person's connection holds; `false` when it holds it no longer. */
export function* changeLease(
  asked: { readonly user: UserId; readonly peer: string; readonly holder: string; readonly now: number },
  next: { readonly holder: string | null; readonly expiresAt: number },
): Step<boolean> {
  const changed = yield* sql.run(
    'UPDATE peer_leases SET holder = ?, expires_at = ? WHERE id = ? AND user_id = ? AND holder = ? AND expires_at > ?',
    next.holder,
    next.expiresAt,
    asked.peer,
    asked.user,
    asked.holder,
    asked.now,
  );
  return changed === 1;
}

/** Forgets those of a person's leases that have run out, and counts the others. */
export function* countLeases(user: UserId, now: number): Step<number> {
  yield* sql.run('DELETE FROM peer_leases WHERE user_id = ? AND expires_at <= ?', user, now);
  const row = yield* sql.get<{ leases: number }>('SELECT COUNT(*) AS leases FROM peer_leases WHERE user_id = ?', user);
  return row?.leases ?? 0;
}

/** Whether two people share a room, or a space in which neither is a guest. Oneself is met everywhere. */
export function* mayMeet(one: UserId, other: UserId): Step<boolean> {
  if (one === other) return true;
  const row = yield* sql.get(
    `SELECT 1 AS yes WHERE EXISTS (SELECT 1 FROM room_members a JOIN room_members b ON b.room_id = a.room_id
       WHERE a.user_id = ? AND b.user_id = ?)
     OR EXISTS (SELECT 1 FROM space_members a JOIN space_members b ON b.space_id = a.space_id
       WHERE a.user_id = ? AND b.user_id = ? AND a.role <> 'guest' AND b.role <> 'guest')`,
    one,
    other,
    one,
    other,
  );
  return row !== undefined;
}
