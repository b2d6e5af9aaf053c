import { roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { membersWithoutReceipts, ownReceipts, type ReceiptRow, receiptOf, setReadAt } from './receipt-store.ts';

/** Tells those who look at the room how far somebody has come, but for members who turned theirs off. */
export function* tellReceipt(tx: Transaction, row: ReceiptRow): Step<void> {
  const except = [row.user_id, ...(yield* membersWithoutReceipts(row.room_id))];
  const topic = roomLog(row.room_id);
  const frame = { event: 'receipt.moved', log: topic, at: tx.now, data: receiptOf(row) };
  tx.addEphemeral({ topic, key: `receipt:${row.user_id}`, json: JSON.stringify(frame), except });
}

/** What somebody has read is told, where it is, with the time at which they came there. */
export function* tellRead(tx: Transaction, { room, user, seq }: FactOf<'room-read'>): Step<void> {
  const [row] = yield* ownReceipts(user, [room]);
  // Behind what they had read before: they had moved their cursor back, and others are not told of that.
  if (row === undefined || row.seen_seq !== seq) return;
  const moved = { ...row, read_at: tx.now };
  yield* setReadAt(moved);
  yield* tellReceipt(tx, moved);
}
