import type { ThreadState, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';

/** Tells a person's devices how they stand to a thread now. */
export function* tellThread(tx: Transaction, user: UserId, by: UserId, data: ThreadState): Step<void> {
  yield* append(tx, { log: inboxLog(user), name: 'inbox.thread-changed', by, data });
}
