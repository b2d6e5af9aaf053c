import { Refusal } from '@confab/protocol/errors.ts';
import { personById, tellPersonChanged } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { checkEmoji } from '../reactions/index.ts';
import { visibleName } from '../text.ts';
import { storeStatus } from './status-store.ts';

export const setStatus = operation({
  name: 'account.set-status',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { emoji, text, until }) {
    if (emoji !== undefined) yield* checkEmoji(emoji, null, actor.user);
    if (until !== undefined && until <= tx.now) {
      throw new Refusal('invalid-params', { path: '/until', problem: 'a time that has passed' });
    }
    const before = yield* personById(actor.user);
    const words = text === undefined ? {} : { text: visibleName(text) };
    const says = { ...(emoji === undefined ? {} : { emoji }), ...words };
    const status = Object.keys(says).length === 0 ? null : { ...says, ...(until === undefined ? {} : { until }) };
    const stored = status === null ? null : JSON.stringify(status);
    if (stored === (before.status === undefined ? null : JSON.stringify(before.status))) return before;
    yield* storeStatus(actor.user, stored);
    return yield* tellPersonChanged(tx, actor.user, actor.user);
  },
});
