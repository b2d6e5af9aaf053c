import { operation } from '../operation.ts';
import { checkedPicture } from './checked-picture.ts';
import { setPictureOf } from './picture-store.ts';
import { tellSpacePicture } from './tell-space-picture.ts';

export const setSpacePicture = operation({
  name: 'space.set-picture',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, { file }) {
    const picture = checkedPicture(file);
    const changed = yield* setPictureOf('spaces', reached.id, picture);
    if (changed) yield* tellSpacePicture(tx, reached.id, picture.hash, actor.user);
    return { picture: picture.hash };
  },
});
