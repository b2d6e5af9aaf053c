import { operation } from '../operation.ts';
import { setPictureOf } from './picture-store.ts';
import { tellSpacePicture } from './tell-space-picture.ts';

export const removeSpacePicture = operation({
  name: 'space.remove-picture',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const changed = yield* setPictureOf('spaces', reached.id, null);
    if (changed) yield* tellSpacePicture(tx, reached.id, null, actor.user);
    return {};
  },
});
