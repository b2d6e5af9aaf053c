import { operation } from '../operation.ts';
import { emojiOfSpace } from './emoji-store.ts';

export const listEmoji = operation({
  name: 'emoji.list',
  kind: 'read',
  access: { who: 'space', atLeast: 'guest' },
  limit: 'read',
  *run({ reached }) {
    return { emoji: yield* emojiOfSpace(reached.id) };
  },
});
