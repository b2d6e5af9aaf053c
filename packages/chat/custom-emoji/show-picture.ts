import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { pictureOf } from './emoji-store.ts';

export const showPicture = operation({
  name: 'emoji.picture',
  kind: 'read',
  access: { who: 'space', atLeast: 'guest' },
  limit: 'read',
  *run({ reached }, params) {
    const found = yield* pictureOf(reached.id, params.picture);
    if (!found) throw new Refusal('not-found');
    return found;
  },
});
