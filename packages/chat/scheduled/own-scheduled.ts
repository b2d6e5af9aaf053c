import type { ScheduledId, ScheduledMessage } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { Actor } from '../actor.ts';
import { scheduledById } from './scheduled-store.ts';

/** One of the asker's own; of others nobody knows. */
export function* ownScheduled(actor: Actor, id: ScheduledId): Step<ScheduledMessage> {
  const found = yield* scheduledById(id);
  if (found?.user !== actor.user) throw new Refusal('not-found');
  return found.scheduled;
}
