import { isOneEmoji } from './one-emoji.ts';

/** `none` is the yellow of the emoji themselves. */
export const skinTones = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;
export type SkinTone = (typeof skinTones)[number];

const modifiers = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

/** The emoji in a tone; as it is where Unicode has none of that tone. */
export function withSkinTone(emoji: string, tone: SkinTone): string {
  const modifier = modifiers[skinTones.indexOf(tone)] ?? '';
  if (modifier === '') return emoji;
  const parts = emoji.split('\u200D');
  // Between two people, holding hands has no colour of its own.
  const isToned = (part: string) => parts.length === 1 || part !== '🤝';
  const toned = parts
    .map((part) => (isToned(part) ? part.replace(/^(\p{Emoji_Modifier_Base})\uFE0F?/u, `$1${modifier}`) : part))
    .join('\u200D');
  return isOneEmoji(toned) ? toned : emoji;
}

/** The emoji without its tone, so that all tones of one count as the same. */
export const withoutSkinTone = (emoji: string): string => {
  const plain = emoji.replace(/\p{Emoji_Modifier}/gu, '');
  return isOneEmoji(plain) ? plain : emoji;
};
