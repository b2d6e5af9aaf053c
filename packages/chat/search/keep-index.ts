import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { addToIndex, takeFromIndex } from './index-store.ts';

/** The hot path: one statement, which nobody waits for. */
export function* indexPosted(_tx: Transaction, { message }: FactOf<'message-posted'>): Step<void> {
  yield* addToIndex(message);
}

export function* indexEdited(_tx: Transaction, { message }: FactOf<'message-edited'>): Step<void> {
  yield* takeFromIndex(message.id);
  yield* addToIndex(message);
}

export function* unindexDeleted(_tx: Transaction, { message }: FactOf<'message-deleted'>): Step<void> {
  yield* takeFromIndex(message);
}
