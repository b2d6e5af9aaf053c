import { hash } from 'node:crypto';
import type { CustomEmojiId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { checkPicture, refuseTakenNames } from './checked-emoji.ts';
import { emojiOfSpace, insertEmoji } from './emoji-store.ts';
import { tellEmoji } from './tell-emoji.ts';

export const addEmoji = operation({
  name: 'emoji.add',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }, { name, file }) {
    const bytes = Buffer.from(file, 'base64');
    const { type } = checkPicture(bytes);
    const others = yield* emojiOfSpace(reached.id);
    refuseTakenNames(others, [name]);
    if (others.length >= limits.customEmojiPerSpace) {
      throw new Refusal('limit-reached', { limit: limits.customEmojiPerSpace, what: 'emoji of its own in a space' });
    }
    const picture = hash('sha256', bytes, 'base64url');
    const id = tx.newId<CustomEmojiId>();
    const emoji = { id, space: reached.id, name, aliases: [], picture, by: actor.user, at: tx.now };
    yield* insertEmoji(emoji, type, bytes.toString('base64'));
    yield* tellEmoji(tx, emoji, actor.user);
    return { emoji };
  },
});
