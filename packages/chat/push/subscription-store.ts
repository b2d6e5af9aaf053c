import type { PushFailure, PushSubscriptionId, PushSubscriptionView, SessionId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

interface SubscriptionRow {
  id: PushSubscriptionId;
  session_id: SessionId;
  agent: string;
  created_at: number;
  sent_at: number | null;
  failure: PushFailure | null;
}

/** Where a push goes, and for whose eyes alone. */
export interface PushTarget {
  readonly user: UserId;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** Subscriptions `p` whose session `s` still counts. Its one parameter is the time. */
const living =
  'push_subscriptions p JOIN sessions s ON s.id = p.session_id AND s.revoked_at IS NULL AND s.expires_at > ?';

const viewOf = (row: SubscriptionRow): PushSubscriptionView => ({
  id: row.id,
  session: row.session_id,
  agent: row.agent,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  failure: row.failure,
});

/** Somebody's, the latest first. */
export function* subscriptionsOf(user: UserId, now: number): Step<PushSubscriptionView[]> {
  const rows = yield* sql.all<SubscriptionRow>(
    `SELECT p.id, p.session_id, s.agent, p.created_at, p.sent_at, p.failure FROM ${living}
     WHERE p.user_id = ? ORDER BY p.created_at DESC, p.id DESC`,
    now,
    user,
  );
  return rows.map(viewOf);
}

/** Those of many people. */
export function* subscriptionsOfAll(
  users: readonly UserId[],
  now: number,
): Step<{ id: PushSubscriptionId; user: UserId }[]> {
  if (users.length === 0) return [];
  return yield* sql.all(
    `SELECT p.id, p.user_id AS "user" FROM ${living} WHERE p.user_id = ANY (?) ORDER BY p.id`,
    now,
    users,
  );
}

/** Where to send something; `undefined` once its session ended or its owner may not come any more. */
export function* targetOf(subscription: PushSubscriptionId, now: number): Step<PushTarget | undefined> {
  return yield* sql.get<PushTarget>(
    `SELECT p.user_id AS "user", p.endpoint, p.p256dh, p.auth FROM ${living}
     JOIN users u ON u.id = p.user_id AND u.disabled_at IS NULL WHERE p.id = ?`,
    now,
    subscription,
  );
}

/** Makes room: what the session had before, whoever had this browser, and what ended with its session. */
export function* clearFor(target: PushTarget, session: SessionId, now: number): Step<void> {
  yield* sql.run('DELETE FROM push_subscriptions WHERE session_id = ? OR endpoint = ?', session, target.endpoint);
  yield* sql.run(
    `DELETE FROM push_subscriptions WHERE user_id = ? AND session_id IN
     (SELECT id FROM sessions WHERE user_id = ? AND (revoked_at IS NOT NULL OR expires_at <= ?))`,
    target.user,
    target.user,
    now,
  );
}

export function* insertSubscription(
  id: PushSubscriptionId,
  { user, endpoint, p256dh, auth }: PushTarget,
  session: SessionId,
  now: number,
): Step<void> {
  yield* sql.run(
    `INSERT INTO push_subscriptions (id, user_id, session_id, endpoint, p256dh, auth, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    id,
    user,
    session,
    endpoint,
    p256dh,
    auth,
    now,
  );
}

/** `false` when it is not theirs. */
export function* deleteSubscriptionOf(user: UserId, subscription: PushSubscriptionId): Step<boolean> {
  return (yield* sql.run('DELETE FROM push_subscriptions WHERE id = ? AND user_id = ?', subscription, user)) > 0;
}

export function* forgetSubscription(subscription: PushSubscriptionId): Step<void> {
  yield* sql.run('DELETE FROM push_subscriptions WHERE id = ?', subscription);
}

/** Notes that its service took something, or why it did not. */
export function* noteSent(subscription: PushSubscriptionId, now: number): Step<void> {
  yield* sql.run('UPDATE push_subscriptions SET sent_at = ?, failure = NULL WHERE id = ?', now, subscription);
}

export function* noteFailure(subscription: PushSubscriptionId, failure: PushFailure): Step<void> {
  yield* sql.run('UPDATE push_subscriptions SET failure = ? WHERE id = ?', failure, subscription);
}
