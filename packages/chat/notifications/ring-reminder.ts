import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { schedulePush, subscriptionsOfAll } from '../push/index.ts';
import type { Transaction } from '../transaction.ts';

/** What one wanted to be reminded of rings in all of one's browsers. */
export function* ringReminder(tx: Transaction, { user, message }: FactOf<'reminder-due'>): Step<void> {
  for (const { id } of yield* subscriptionsOfAll([user], tx.now)) {
    const about = { subscription: id, about: `reminder-${message}` };
    yield* schedulePush(tx, user, about, { message, reminder: true, tries: 0 });
  }
}
