import { operation } from '../operation.ts';
import { othersReceipts, ownReceipts } from './receipt-store.ts';

/** Who is not told of themselves is not told of others. */
export const listReceipts = operation({
  name: 'receipt.list',
  kind: 'read',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'read',
  *run({ actor, reached }) {
    const own = yield* ownReceipts(actor.user, [reached.id]);
    return { receipts: own.length === 0 ? null : yield* othersReceipts(reached.id, actor.user) };
  },
});
