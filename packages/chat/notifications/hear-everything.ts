import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';

/** Who wants to be told of everything in all channels makes those that they are in loud. */
export function* hearEverything(_tx: Transaction, { user, change }: FactOf<'settings-changed'>): Step<void> {
  if (change.notifyChannels !== 'all') return;
  yield* sql.run(
    'UPDATE rooms SET loud = 1 WHERE loud = 0 AND id IN (SELECT room_id FROM room_members WHERE user_id = ?)',
    user,
  );
}
