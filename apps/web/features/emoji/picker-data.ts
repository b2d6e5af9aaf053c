import type { EmojiDataResolver } from 'frimousse';
import { t } from '../../language/sentences.ts';
import { loadCatalogue } from './emoji-catalogue.ts';
import { skinTones, withSkinTone } from './skin-tone.ts';

type EmojiData = Awaited<ReturnType<EmojiDataResolver>>;
type Skins = NonNullable<EmojiData['emojis'][number]['skins']>;

/** Our catalogue as the picker reads it. Asks nobody but our own server. */
export const pickerData: EmojiDataResolver = async (locale): Promise<EmojiData> => {
  const { emoji, toneNames } = await loadCatalogue();
  return {
    locale,
    emojis: emoji.map(({ emoji: plain, label, words, group, hasTones }) => ({
      emoji: plain,
      label: capital(label),
      category: group,
      version: 0,
      tags: [...words],
      ...(hasTones ? { skins: skinsOf(plain) } : {}),
    })),
    categories: categories(),
    skinTones: toneNames as EmojiData['skinTones'],
  };
};

/** The groups by their numbers in the public data, where 2 are parts of emoji. */
export const categories = (): { index: number; label: string }[] => [
  { index: 0, label: t('Smileys & emotion') },
  { index: 1, label: t('People & body') },
  { index: 3, label: t('Animals & nature') },
  { index: 4, label: t('Food & drink') },
  { index: 5, label: t('Travel & places') },
  { index: 6, label: t('Activities') },
  { index: 7, label: t('Objects') },
  { index: 8, label: t('Symbols') },
  { index: 9, label: t('Flags') },
];

function skinsOf(emoji: string): Skins {
  const tones = skinTones.filter((tone) => tone !== 'none');
  return Object.fromEntries(tones.map((tone) => [tone, withSkinTone(emoji, tone)])) as Skins;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
