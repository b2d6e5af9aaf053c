import type { OwnModeration, SpaceId, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { append } from '../log.ts';
import { isAtLeast } from '../roles.ts';
import type { Transaction } from '../transaction.ts';
import { countOpenCases } from './case-store.ts';

/** Those who are told how much waits: the ones that have been in the space longest. */
const toldModerators = 200;

/** Tells the moderators of a space how many reported messages wait. */
export function* tellReports(tx: Transaction, space: SpaceId): Step<void> {
  const open = yield* countOpenCases(space);
  const rows = yield* sql.all<{ user: UserId }>(
    `SELECT user_id AS user FROM space_members WHERE space_id = ? AND role IN ('owner', 'admin', 'moderator')
     ORDER BY joined_at, user_id LIMIT ?`,
    space,
    toldModerators,
  );
  for (const { user } of rows) yield* tell(tx, user, { space, open });
}

function* tell(tx: Transaction, user: UserId, data: OwnModeration['reports'][number]): Step<void> {
  yield* append(tx, { log: inboxLog(user), name: 'inbox.reports-changed', by: null, data });
}

/** Whoever becomes a moderator hears what waits; for whoever is none any more nothing does. */
export function* tellNewModerator(
  tx: Transaction,
  { space, user, role }: FactOf<'role-set' | 'space-joined'>,
): Step<void> {
  const open = yield* countOpenCases(space);
  if (open > 0) yield* tell(tx, user, { space, open: isAtLeast(role, 'moderator') ? open : 0 });
}

/** Spaces that someone moderates in which something waits. */
export function* reportsFor(user: UserId): Step<OwnModeration['reports']> {
  return yield* sql.all<{ space: SpaceId; open: number }>(
    `SELECT c.space_id AS space, COUNT(*) AS open FROM report_cases c JOIN space_members sm ON sm.space_id = c.space_id
     WHERE sm.user_id = ? AND sm.role IN ('owner', 'admin', 'moderator') AND c.decided_at IS NULL
     GROUP BY c.space_id ORDER BY c.space_id`,
    user,
  );
}
