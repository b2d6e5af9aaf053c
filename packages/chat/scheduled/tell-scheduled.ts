import type { MessageId, ScheduledMessage, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { dropScheduledFiles, filesOfScheduled } from '../files/index.ts';
import { cancelJob, scheduleJob } from '../jobs/index.ts';
import { append, retell } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { deleteScheduled, putScheduled, scheduledById } from './scheduled-store.ts';

/** Stores one as it is now and tells its author's devices, with the files that it has by now. */
export function* keepScheduled(tx: Transaction, user: UserId, message: ScheduledMessage): Step<ScheduledMessage> {
  yield* putScheduled(user, message);
  const { files: _, ...said } = message;
  const files = (yield* filesOfScheduled([message.id])).get(message.id);
  const data: ScheduledMessage = { ...said, ...(files ? { files } : {}) };
  yield* append(tx, { log: inboxLog(user), name: 'inbox.scheduled-set', by: user, data, subject: message.id });
  return data;
}

/** As `keepScheduled`, and has it posted when its time comes. */
export function* planScheduled(tx: Transaction, user: UserId, message: ScheduledMessage): Step<ScheduledMessage> {
  const kept = yield* keepScheduled(tx, user, message);
  const { id, dueAt, room } = message;
  yield* scheduleJob(tx, { kind: 'scheduled-message', subject: id, dueAt, lane: room, data: null });
  return kept;
}

/** More is known of a file that it waits with. */
export function* tellScheduled(tx: Transaction, { scheduled }: FactOf<'scheduled-file-changed'>): Step<void> {
  const found = yield* scheduledById(scheduled);
  if (found) yield* keepScheduled(tx, found.user, found.scheduled);
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
