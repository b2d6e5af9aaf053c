import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { scheduleJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';

/** How long whoever has the room open is given to read it. */
const readMs = 5_000;

/** Whether a post may ring for anybody, by what is known of it without a question to the database. */
function mayRing({ room, message }: FactOf<'message-posted'>): boolean {
  if (room.kind !== 'channel' || room.loud || message.thread !== undefined) return true;
  return message.mentions !== undefined || message.mentionedGroups !== undefined || message.mentionsAll !== undefined;
}

/** Whom it rings for is found out behind the post, once for all of them ([O3]). */
export function* ringPosted(tx: Transaction, fact: FactOf<'message-posted'>): Step<void> {
  if (!mayRing(fact)) return;
  const { id, room } = fact.message;
  yield* scheduleJob(tx, { kind: 'notify', subject: id, dueAt: tx.now + readMs, lane: room, data: { after: '' } });
}
