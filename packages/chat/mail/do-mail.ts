import type { MailFailure, MessageId, UserId } from '@confab/protocol';
import { mailDueAt } from '@confab/protocol/mail-times.ts';
import type { Step } from '@confab/storage';
import type { JobHandlers } from '../jobs/index.ts';
import { settingsOf } from '../settings/index.ts';
import type { Transaction } from '../transaction.ts';
import { emailOf, noteMailFailure, noteMailSent } from './email-store.ts';
import { dropAlerts, endDigest, planDigest } from './mail-alerts.ts';
import { type MailKind, mailOfSubject, scheduleMail } from './schedule-mail.ts';

/** What came of a mail. `told`: the messages that it told of, or need not tell of any more. */
export type MailOutcome =
  | { readonly status: 'sent' | 'needless'; readonly told: readonly MessageId[] }
  /** Whoever it is for is here: later, they may have gone without reading it. */
  | { readonly status: 'online' }
  /** They want no mail any more, or this instance sends none. */
  | { readonly status: 'off' }
  | { readonly status: 'failed'; readonly failure: MailFailure };

/** After so many, spread over about eight hours, it is left. */
const mostTries = 14;
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;

const pauseAfter = (tries: number): number => Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs);

/** The mail itself is sent outside the database; here is kept what came of it. */
export const doMail: JobHandlers['mail'] = {
  *run(tx, { subject, data }, given) {
    const { user, kind } = mailOfSubject(subject);
    const outcome = (given ?? { status: 'off' }) as MailOutcome;
    // The address may have been taken back meanwhile.
    if ((yield* emailOf(user)) === null) return;
    if (outcome.status === 'failed') yield* failed(tx, user, { kind, tries: data.tries + 1, failure: outcome.failure });
    else if (outcome.status === 'sent' && kind !== 'digest') yield* noteMailSent(user, tx.now);
    else if (kind === 'digest') yield* digested(tx, user, outcome);
  },
};

function* digested(tx: Transaction, user: UserId, outcome: Exclude<MailOutcome, { status: 'failed' }>): Step<void> {
  if (outcome.status === 'off') return yield* endDigest(user);
  if (outcome.status === 'online') {
    const dueAt = mailDueAt(yield* settingsOf(user), tx.now);
    if (dueAt !== null) yield* scheduleMail(tx, user, 'digest', { dueAt });
    return;
  }
  if (outcome.status === 'sent') yield* noteMailSent(user, tx.now);
  yield* dropAlerts(user, outcome.told);
  // What rang while this one was on its way.
  yield* planDigest(tx, user);
}

interface Failed {
  readonly kind: MailKind;
  readonly tries: number;
  readonly failure: MailFailure;
}

function* failed(tx: Transaction, user: UserId, { kind, tries, failure }: Failed): Step<void> {
  yield* noteMailFailure(user, failure);
  // A test says at once whether it works.
  if (failure === 'no-answer' && kind !== 'test' && tries < mostTries) {
    yield* scheduleMail(tx, user, kind, { dueAt: tx.now + pauseAfter(tries), tries });
  } else if (kind === 'digest') yield* endDigest(user);
}
