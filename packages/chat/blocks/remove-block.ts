import { inboxLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { deleteBlock } from './block-store.ts';

export const removeBlock = operation({
  name: 'block.remove',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { user }) {
    if (!(yield* deleteBlock(actor.user, user))) return {};
    yield* append(tx, { log: inboxLog(actor.user), name: 'inbox.block-removed', by: actor.user, data: { user } });
    return {};
  },
});
