import { operation } from '../operation.ts';
import { ownReceipts, setDelivered } from './receipt-store.ts';
import { tellReceipt } from './tell-receipt.ts';

export const markDelivered = operation({
  name: 'receipt.mark-delivered',
  kind: 'write',
  access: { who: 'user' },
  limit: 'cursor',
  *run({ actor, tx }, { rooms }) {
    const upTo = new Map(rooms.map(({ room, seq }) => [room, seq]));
    for (const row of yield* ownReceipts(actor.user, [...upTo.keys()])) {
      const seq = Math.min(upTo.get(row.room_id) ?? 0, row.head);
      if (seq <= Math.max(row.delivered_seq, row.seen_seq)) continue;
      const moved = { ...row, delivered_seq: seq };
      yield* setDelivered(moved);
      yield* tellReceipt(tx, moved);
    }
    return {};
  },
});
