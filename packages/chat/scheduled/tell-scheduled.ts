import type { MessageId, ScheduledMessage, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { cancelJob, scheduleJob } from '../jobs/index.ts';
import { append, retell } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { deleteScheduled, putScheduled } from './scheduled-store.ts';

/** Stores one as it is now and tells its author's devices. */
export function* keepScheduled(tx: Transaction, user: UserId, message: ScheduledMessage): Step<void> {
  yield* putScheduled(user, message);
  const log = inboxLog(user);
  yield* append(tx, { log, name: 'inbox.scheduled-set', by: user, data: message, subject: message.id });
}

/** As `keepScheduled`, and has it posted when its time comes. */
export function* planScheduled(tx: Transaction, user: UserId, message: ScheduledMessage): Step<void> {
  yield* keepScheduled(tx, user, message);
  const { id, dueAt, room } = message;
  yield* scheduleJob(tx, { kind: 'scheduled-message', subject: id, dueAt, lane: room, data: null });
}

/** It waits no more: it was posted as `posted`, or cancelled. Its text is wiped from the inbox as well. */
export function* removeScheduled(
  tx: Transaction,
  user: UserId,
  message: ScheduledMessage,
  posted?: MessageId,
): Step<void> {
  const { id } = message;
  yield* cancelJob('scheduled-message', id);
  yield* deleteScheduled(id);
  const log = inboxLog(user);
  yield* retell(log, id, 'inbox.scheduled-set', { ...message, text: '' });
  const data = posted ? { id, message: posted } : { id };
  yield* append(tx, { log, name: 'inbox.scheduled-removed', by: user, data, subject: id });
}
