import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { pictureBy } from './picture-store.ts';

/** For anybody: whoever knows the hash of a picture was shown who or what has it. */
export const showPicture = operation({
  name: 'picture.show',
  kind: 'read',
  access: { who: 'user' },
  limit: 'file',
  *run(_, params) {
    const found = yield* pictureBy(params.picture);
    if (!found) throw new Refusal('not-found');
    return found;
  },
});
