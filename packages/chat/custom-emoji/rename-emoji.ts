import { operation } from '../operation.ts';
import { emojiAmong, refuseTakenNames } from './checked-emoji.ts';
import { emojiOfSpace, setEmojiNames } from './emoji-store.ts';
import { tellEmoji } from './tell-emoji.ts';

export const renameEmoji = operation({
  name: 'emoji.rename',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, { emoji: id, name, aliases }) {
    const all = yield* emojiOfSpace(reached.id);
    const before = emojiAmong(all, id);
    if (before.name === name && before.aliases.join() === aliases.join()) return { emoji: before };
    refuseTakenNames(
      all.filter((other) => other.id !== id),
      [name, ...aliases],
    );
    const emoji = { ...before, name, aliases };
    yield* setEmojiNames(emoji);
    yield* tellEmoji(tx, emoji, actor.user);
    return { emoji };
  },
});
