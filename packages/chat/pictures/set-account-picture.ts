import { personById, tellPersonChanged } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { checkedPicture } from './checked-picture.ts';
import { setPictureOf } from './picture-store.ts';

export const setAccountPicture = operation({
  name: 'account.set-picture',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { file }) {
    const changed = yield* setPictureOf('users', actor.user, checkedPicture(file));
    return changed ? yield* tellPersonChanged(tx, actor.user, actor.user) : yield* personById(actor.user);
  },
});
