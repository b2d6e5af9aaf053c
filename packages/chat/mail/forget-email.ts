import type { UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { cancelJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';
import { deleteEmail } from './email-store.ts';
import { endDigest } from './mail-alerts.ts';
import { mailSubject } from './schedule-mail.ts';

/** Nothing of it stays, and nothing more is sent there. */
export function* forgetEmail(user: UserId): Step<void> {
  yield* deleteEmail(user);
  yield* endDigest(user);
  yield* cancelJob('mail', mailSubject(user, 'verify'));
  yield* cancelJob('mail', mailSubject(user, 'test'));
}

/** Whoever may not come any more is written to no more. */
export function* forgetEmailOf(_tx: Transaction, { user }: FactOf<'account-disabled'>): Step<void> {
  yield* forgetEmail(user);
}
