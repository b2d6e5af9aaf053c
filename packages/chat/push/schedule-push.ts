import type { MessageId, PushSubscriptionId, RoomId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { scheduleJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';

/** What a push is about, of which a browser gets the latest only: a room; `null`: whether it works at all. */
interface PushSubject {
  readonly subscription: PushSubscriptionId;
  readonly room: RoomId | null;
}

/** `message`: the one that rings, `null` for a test. `tries`: how often its service did not take it. */
export interface PushData {
  readonly message: MessageId | null;
  readonly tries: number;
}

const subjectOf = ({ subscription, room }: PushSubject): string => `${subscription}/${room ?? 'test'}`;

export const subscriptionOf = (subject: string): PushSubscriptionId => subject.split('/')[0] as PushSubscriptionId;

/** Takes the place of an earlier one about the same room that was not sent yet. */
export function* schedulePush(
  tx: Transaction,
  user: UserId,
  about: PushSubject,
  data: PushData,
  dueAt = tx.now,
): Step<void> {
  yield* scheduleJob(tx, { kind: 'push', subject: subjectOf(about), dueAt, lane: user, data });
}
