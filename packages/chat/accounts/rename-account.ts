import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { personById, setName } from './account-store.ts';
import { tellPersonChanged } from './tell-person-changed.ts';

export const renameAccount = operation({
  name: 'account.rename',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, params) {
    const before = yield* personById(actor.user);
    const name = visibleName(params.name);
    if (before.name === name) return before;
    yield* setName(actor.user, name);
    return yield* tellPersonChanged(tx, actor.user, actor.user);
  },
});
