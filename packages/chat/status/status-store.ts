import type { DoNotDisturb, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { tellPersonChanged } from '../accounts/index.ts';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';

/** `status`: as JSON, `null` for none. */
export function* storeStatus(user: UserId, status: string | null): Step<void> {
  yield* sql.run('UPDATE users SET status = ? WHERE id = ?', status, user);
}

function asShown({ until, schedule }: DoNotDisturb): string | null {
  return until === null && schedule === null ? null : JSON.stringify({ until, schedule });
}

/** Shows others when a person does not want to be disturbed. */
export function* showDoNotDisturb(tx: Transaction, { user, change }: FactOf<'settings-changed'>): Step<void> {
  if (change.doNotDisturb === undefined) return;
  yield* sql.run('UPDATE users SET do_not_disturb = ? WHERE id = ?', asShown(change.doNotDisturb), user);
  yield* tellPersonChanged(tx, user, user);
}
