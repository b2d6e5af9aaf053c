import type { MessageId, RoomId, UserId } from '@confab/protocol';
import { mailDueAt } from '@confab/protocol/mail-times.ts';
import { type Step, sql } from '@confab/storage';
import { blockersOf } from '../blocks/index.ts';
import { type JobHandlers, scheduleJob } from '../jobs/index.ts';
import { keepAlerts } from '../mail/index.ts';
import { schedulePush, subscriptionsOfAll } from '../push/index.ts';
import { settingsOfAll } from '../settings/index.ts';
import type { Transaction } from '../transaction.ts';
import { audienceOf, hasLoudMembers, type Rung, rungMessage } from './audience.ts';
import { decideFor } from './decide-for.ts';

/** People who are looked at in one transaction; a call to thousands takes several. */
const perRun = 100;

/** Finds out for whom a post rings, and has them told. Reading has had its time meanwhile. */
export const notifyPeople: JobHandlers['notify'] = {
  *run(tx, { subject, data: { after } }) {
    const rung = yield* rungMessage(subject as MessageId);
    if (!rung || rung.deletedAt !== null) return;
    const last = yield* tellSome(tx, rung, after);
    if (last !== undefined) {
      yield* scheduleJob(tx, { kind: 'notify', subject, dueAt: tx.now, lane: rung.room, data: { after: last } });
    } else if (rung.kind === 'channel') yield* calmIfNobodyListens(rung.room);
  },
};

/** Tells the next ones; answers with the last of them when there are more. */
function* tellSome(tx: Transaction, rung: Rung, after: string): Step<UserId | undefined> {
  const audience = yield* audienceOf(rung, after, perRun);
  const unread = audience.filter(({ hasRead }) => !hasRead);
  const users = unread.map(({ user }) => user);
  const settings = yield* settingsOfAll(users);
  const blockers = new Set(yield* blockersOf(rung.author, users));
  const told: UserId[] = [];
  const mailed: { user: UserId; dueAt: number }[] = [];
  for (const candidate of unread) {
    const { user } = candidate;
    const own = settings.get(user);
    if (!own) continue;
    const standing = { candidate, settings: own, blocks: blockers.has(user), now: tx.now };
    if (decideFor(rung, standing) !== 'alert') continue;
    told.push(user);
    const dueAt = mailDueAt(own, tx.now);
    if (dueAt !== null) mailed.push({ user, dueAt });
  }
  for (const { id, user } of yield* subscriptionsOfAll(told, tx.now)) {
    yield* schedulePush(tx, user, { subscription: id, about: rung.room }, { message: rung.id, tries: 0 });
  }
  yield* keepAlerts(tx, rung.id, mailed);
  return audience.length === perRun ? audience.at(-1)?.user : undefined;
}

/**
 * A room is quiet again when nobody in it wants everything any more. Taking hold of its row first makes whoever wants
 * it right now come before or after.
 */
function* calmIfNobodyListens(room: RoomId): Step<void> {
  if (yield* hasLoudMembers(room)) return;
  if ((yield* sql.run('UPDATE rooms SET loud = loud WHERE id = ? AND loud = 1', room)) === 0) return;
  if (!(yield* hasLoudMembers(room))) yield* sql.run('UPDATE rooms SET loud = 0 WHERE id = ?', room);
}
