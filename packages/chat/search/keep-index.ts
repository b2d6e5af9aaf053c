import type { MessageId, RoomId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { scheduleJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';
import { addToIndex, takeFromIndex } from './index-store.ts';

/** One of so many messages, by the chance in its id, has those that wait put into the index. */
const fewOf = 256;
const isOneOfFew = (id: MessageId): boolean => Number.parseInt(id.slice(-4), 16) % fewOf === 0;

/** The hot path: one statement, which nobody waits for. */
export function* indexPosted(tx: Transaction, { message }: FactOf<'message-posted'>): Step<void> {
  yield* addToIndex(message);
  if (isOneOfFew(message.id)) yield* wakeIndex(tx, message.room);
}

/** Has words that wait put into the index. */
export function* wakeIndex(tx: Transaction, room: RoomId): Step<void> {
  yield* scheduleJob(tx, { kind: 'search-fresh', subject: room, lane: room, dueAt: tx.now, data: null });
}

export function* indexEdited(_tx: Transaction, { message }: FactOf<'message-edited' | 'file-removed'>): Step<void> {
  yield* takeFromIndex(message.id);
  yield* addToIndex(message);
}

export function* unindexDeleted(_tx: Transaction, { message }: FactOf<'message-deleted'>): Step<void> {
  yield* takeFromIndex(message);
}
