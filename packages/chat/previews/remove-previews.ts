import { operation } from '../operation.ts';
import { tellPreviews } from './find-links.ts';
import { banPreviews, previewState } from './preview-store.ts';

export const removePreviews = operation({
  name: 'message.remove-previews',
  kind: 'write',
  access: { who: 'message', only: 'author-or-moderator' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const state = yield* previewState(reached.id);
    if (state === 'removed' || reached.deletedAt !== null) return {};
    yield* banPreviews(reached.id);
    if (state === 'some') yield* tellPreviews(tx, reached.room.id, reached.id, actor.user, []);
    return {};
  },
});
