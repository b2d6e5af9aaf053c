import type { SpaceId, UserId } from '@confab/protocol';
import { customEmojiName } from '@confab/protocol/custom-emoji-name.ts';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import { isEmojiThere } from '../custom-emoji/index.ts';

const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Refuses what is not one emoji that everybody can be shown, or `:name:` of one that the room's space has. */
export function* checkEmoji(emoji: string, space: SpaceId | null, user: UserId): Step<void> {
  const name = customEmojiName(emoji);
  if (name !== null && (yield* isEmojiThere(space, user, name))) return;
  if (!oneEmoji.test(emoji)) throw new Refusal('invalid-params', { path: '/emoji', problem: 'not one emoji' });
}
