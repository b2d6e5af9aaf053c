import type { MessageId, PushSubscriptionId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { scheduleJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';

/** Of what one push is `about`, for example a room, a browser gets the latest only. */
interface PushSubject {
  readonly subscription: PushSubscriptionId;
  readonly about: string;
}

/** `message`: the one that rings, or that its reader is reminded of; `null` for a test. `tries`: how often its service did not take it. */
export interface PushData {
  readonly message: MessageId | null;
  readonly reminder?: true;
  readonly tries: number;
}

/** What a push's job is known by, apart. */
export function pushSubject(subject: string): PushSubject {
  const [subscription = '', about = ''] = subject.split('/');
  return { subscription: subscription as PushSubscriptionId, about };
}

/** Takes the place of an earlier one about the same room that was not sent yet. */
export function* schedulePush(
  tx: Transaction,
  user: UserId,
  { subscription, about }: PushSubject,
  data: PushData,
  dueAt = tx.now,
): Step<void> {
  yield* scheduleJob(tx, { kind: 'push', subject: `${subscription}/${about}`, dueAt, lane: user, data });
}
