import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { planDigest } from './mail-alerts.ts';

/** Who chooses another time for mails gets the next one by it. */
export function* planAnew(tx: Transaction, { user, change }: FactOf<'settings-changed'>): Step<void> {
  if (change.mailDigest !== undefined || change.mailTimeZone !== undefined) yield* planDigest(tx, user);
}
