import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { banOn } from './ban-store.ts';

/** Nobody who is banned comes into a space, by whichever way. */
export function* refuseBanned(tx: Transaction, { space, user }: FactOf<'space-joined'>): Step<void> {
  const ban = yield* banOn(space, user, tx.now);
  if (ban) throw new Refusal('banned', { reason: ban.reason, ...(ban.until === null ? {} : { until: ban.until }) });
}
