import { spaceLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { emojiAmong } from './checked-emoji.ts';
import { deleteEmoji, emojiOfSpace } from './emoji-store.ts';

export const removeEmoji = operation({
  name: 'emoji.remove',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const { id } = emojiAmong(yield* emojiOfSpace(reached.id), params.emoji);
    yield* deleteEmoji(id);
    const data = { emoji: id };
    yield* append(tx, { log: spaceLog(reached.id), name: 'space.emoji-removed', by: actor.user, data });
    return {};
  },
});
