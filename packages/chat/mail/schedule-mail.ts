import type { UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { scheduleJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';

/** What a mail is for: confirming an address, trying it out, or telling of what was missed. */
export type MailKind = 'verify' | 'test' | 'digest';

/** There is at most one of a kind to send to somebody. */
export const mailSubject = (user: UserId, kind: MailKind): string => `${user}/${kind}`;

export function mailOfSubject(subject: string): { user: UserId; kind: MailKind } {
  const [user, kind] = subject.split('/') as [UserId, MailKind];
  return { user, kind };
}

/** Takes the place of an earlier one that was not sent yet. `tries`: how often the mail server did not take it. */
export function* scheduleMail(
  tx: Transaction,
  user: UserId,
  kind: MailKind,
  { dueAt = tx.now, tries = 0 }: { readonly dueAt?: number; readonly tries?: number } = {},
): Step<void> {
  yield* scheduleJob(tx, { kind: 'mail', subject: mailSubject(user, kind), dueAt, lane: user, data: { tries } });
}
