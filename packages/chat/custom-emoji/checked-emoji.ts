import type { CustomEmoji, CustomEmojiId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { type PictureKind, pictureKind } from './picture-kind.ts';

const problem = (path: string, what: string) => new Refusal('invalid-params', { path, problem: what });

/** One of those that a space has. */
export function emojiAmong(all: readonly CustomEmoji[], id: CustomEmojiId): CustomEmoji {
  const found = all.find((emoji) => emoji.id === id);
  if (!found) throw new Refusal('not-found');
  return found;
}

/** Refuses names that another one of the space has. */
export function refuseTakenNames(others: readonly CustomEmoji[], names: readonly string[]): void {
  const taken = new Set(others.flatMap(({ name, aliases }) => [name, ...aliases]));
  const twice = names.find((name, index) => taken.has(name) || names.indexOf(name) < index);
  if (twice !== undefined) throw new Refusal('emoji-name-taken', { name: twice });
}

/** What the file is by its own bytes. Refuses what is no picture, or too large a one. */
export function checkPicture(bytes: Buffer): PictureKind {
  if (bytes.length > limits.customEmojiBytes) throw problem('/file', 'the picture is too large');
  const kind = pictureKind(bytes);
  if (!kind) throw problem('/file', 'not a PNG, GIF or WebP picture');
  const longest = Math.max(kind.width, kind.height);
  if (longest > limits.customEmojiPixels || Math.min(kind.width, kind.height) < 1) {
    throw problem('/file', `the picture may have at most ${limits.customEmojiPixels} pixels a side`);
  }
  return kind;
}
