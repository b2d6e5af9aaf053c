import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { knownTo } from '../accounts/index.ts';
import { bounds } from '../bounds.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { countBlocks, insertBlock } from './block-store.ts';

export const addBlock = operation({
  name: 'block.add',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { user }) {
    if (user === actor.user || (yield* knownTo(actor.user, [user])).length === 0) throw new Refusal('not-found');
    if ((yield* countBlocks(actor.user)) >= bounds.blocksPerUser) {
      throw new Refusal('limit-reached', { limit: bounds.blocksPerUser, what: 'blocked people' });
    }
    if (!(yield* insertBlock(actor.user, user, tx.now))) return {};
    yield* append(tx, { log: inboxLog(actor.user), name: 'inbox.block-added', by: actor.user, data: { user } });
    return {};
  },
});
