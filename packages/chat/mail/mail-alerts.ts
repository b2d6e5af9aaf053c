import type { MessageId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { mailDueAt } from '@confab/protocol/mail-times.ts';
import { type Step, sql } from '@confab/storage';
import { cancelJob, scheduleJobOnce } from '../jobs/index.ts';
import { settingsOf } from '../settings/index.ts';
import type { Transaction } from '../transaction.ts';
import { mailSubject, scheduleMail } from './schedule-mail.ts';

/** People `e` who are sent mail about messages. */
export const reachedByMail = "e.verified_at IS NOT NULL AND COALESCE(e.failure, '') <> 'refused'";

/** Keeps what rang for people until a mail tells of it. The first one says when that will be. */
export function* keepAlerts(
  tx: Transaction,
  message: MessageId,
  told: readonly { user: UserId; dueAt: number }[],
): Step<void> {
  if (told.length === 0) return;
  const kept = yield* sql.all<{ user: UserId }>(
    `INSERT INTO mail_alerts (user_id, message_id, at)
     SELECT e.user_id, CAST(? AS TEXT), CAST(? AS BIGINT) FROM emails e
     WHERE e.user_id = ANY (?) AND ${reachedByMail}
       AND (SELECT COUNT(*) FROM mail_alerts a WHERE a.user_id = e.user_id) < ?
     ON CONFLICT (user_id, message_id) DO NOTHING RETURNING user_id AS "user"`,
    message,
    tx.now,
    told.map(({ user }) => user),
    limits.mailAlertsKept,
  );
  const dueAt = new Map(told.map((each) => [each.user, each.dueAt]));
  for (const { user } of kept) {
    const due = dueAt.get(user) ?? tx.now;
    const subject = mailSubject(user, 'digest');
    yield* scheduleJobOnce(tx, { kind: 'mail', subject, dueAt: due, lane: user, data: { tries: 0 } });
  }
}

/** What rang for somebody and no mail told of, the oldest first. */
export function* alertsOf(user: UserId): Step<{ message: MessageId; at: number }[]> {
  return yield* sql.all(
    'SELECT message_id AS message, at FROM mail_alerts WHERE user_id = ? ORDER BY message_id',
    user,
  );
}

/** Without `messages`: all of them. */
export function* dropAlerts(user: UserId, messages?: readonly MessageId[]): Step<void> {
  if (messages === undefined) yield* sql.run('DELETE FROM mail_alerts WHERE user_id = ?', user);
  else yield* sql.run('DELETE FROM mail_alerts WHERE user_id = ? AND message_id = ANY (?)', user, messages);
}

export function* endDigest(user: UserId): Step<void> {
  yield* dropAlerts(user);
  yield* cancelJob('mail', mailSubject(user, 'digest'));
}

/** When the next mail comes, by what rang first and by what somebody wants now. */
export function* planDigest(tx: Transaction, user: UserId): Step<void> {
  const alerts = yield* alertsOf(user);
  const first = Math.min(...alerts.map(({ at }) => at));
  const dueAt = alerts.length === 0 ? null : mailDueAt(yield* settingsOf(user), first);
  if (dueAt === null) yield* endDigest(user);
  else yield* scheduleMail(tx, user, 'digest', { dueAt: Math.max(dueAt, tx.now) });
}
