import type { MessageId, ScheduledMessage, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { dropScheduledFiles } from '../files/index.ts';
import { cancelJob, scheduleJob } from '../jobs/index.ts';
import { append, retell } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { deleteScheduled, putScheduled, scheduledById } from './scheduled-store.ts';

function* tell(tx: Transaction, user: UserId, message: ScheduledMessage): Step<void> {
  const log = inboxLog(user);
  yield* append(tx, { log, name: 'inbox.scheduled-set', by: user, data: message, subject: message.id });
}

/** Stores one as it is now and tells its author's devices. */
export function* keepScheduled(tx: Transaction, user: UserId, message: ScheduledMessage): Step<void> {
  yield* putScheduled(user, message);
  yield* tell(tx, user, message);
}

/** As `keepScheduled`, and has it posted when its time comes. */
export function* planScheduled(tx: Transaction, user: UserId, message: ScheduledMessage): Step<void> {
  yield* keepScheduled(tx, user, message);
  const { id, dueAt, room } = message;
  yield* scheduleJob(tx, { kind: 'scheduled-message', subject: id, dueAt, lane: room, data: null });
}

/** More is known of a file that it waits with. */
export function* tellScheduled(tx: Transaction, { scheduled }: FactOf<'scheduled-file-changed'>): Step<void> {
  const found = yield* scheduledById(scheduled);
  if (found) yield* tell(tx, found.user, found.scheduled);
}

/** It waits no more: it was posted as `posted`, or cancelled. Its text and files are wiped from the inbox as well. */
export function* removeScheduled(
  tx: Transaction,
  user: UserId,
  message: ScheduledMessage,
  posted?: MessageId,
): Step<void> {
  const { files: _, ...said } = message;
  const { id } = message;
  yield* cancelJob('scheduled-message', id);
  yield* dropScheduledFiles(tx, id);
  yield* deleteScheduled(id);
  const log = inboxLog(user);
  yield* retell(log, id, 'inbox.scheduled-set', { ...said, text: '' });
  const data = posted ? { id, message: posted } : { id };
  yield* append(tx, { log, name: 'inbox.scheduled-removed', by: user, data, subject: id });
}
