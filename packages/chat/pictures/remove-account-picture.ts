import { personById, tellPersonChanged } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { setPictureOf } from './picture-store.ts';

export const removeAccountPicture = operation({
  name: 'account.remove-picture',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }) {
    const changed = yield* setPictureOf('users', actor.user, null);
    return changed ? yield* tellPersonChanged(tx, actor.user, actor.user) : yield* personById(actor.user);
  },
});
