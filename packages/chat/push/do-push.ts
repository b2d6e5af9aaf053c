import type { PushFailure } from '@confab/protocol';
import { type JobHandlers, pauseAfter } from '../jobs/index.ts';
import { pushSubject, schedulePush } from './schedule-push.ts';
import { forgetSubscription, noteFailure, noteSent, targetOf } from './subscription-store.ts';

/** What came of a push. */
export type PushOutcome =
  | { readonly status: 'sent' }
  /** There was nothing to send any more, or nobody to send it to now. */
  | { readonly status: 'needless' }
  /** The browser is not subscribed any more. */
  | { readonly status: 'gone' }
  /** `afterMs`: when its service wants to be asked again, if it says so; `null` to leave it. */
  | { readonly status: 'failed'; readonly failure: PushFailure; readonly again: boolean; readonly afterMs?: number };

/** After so many it is left: what it tells of is hours old. */
const mostTries = 12;

/** The push itself is sent outside the database; here is kept what came of it. */
export const doPush: JobHandlers['push'] = {
  *run(tx, { subject, data }, given) {
    const outcome = (given ?? { status: 'needless' }) as PushOutcome;
    const { subscription, about } = pushSubject(subject);
    if (outcome.status === 'sent') yield* noteSent(subscription, tx.now);
    else if (outcome.status === 'gone') yield* forgetSubscription(subscription);
    if (outcome.status !== 'failed') return;
    yield* noteFailure(subscription, outcome.failure);
    const tries = data.tries + 1;
    const target = yield* targetOf(subscription, tx.now);
    // A test says at once whether it works.
    if (!outcome.again || data.message === null || tries >= mostTries || !target) return;
    const dueAt = tx.now + Math.max(pauseAfter(tries), outcome.afterMs ?? 0);
    yield* schedulePush(tx, target.user, { subscription, about }, { ...data, tries }, dueAt);
  },
};
