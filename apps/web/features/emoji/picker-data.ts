import type { EmojiDataResolver } from 'frimousse';
import { loadCatalogue } from './emoji-catalogue.ts';
import { skinTones, withSkinTone } from './skin-tone.ts';

type EmojiData = Awaited<ReturnType<EmojiDataResolver>>;
type Skins = NonNullable<EmojiData['emojis'][number]['skins']>;

/** Our catalogue as the picker reads it. Asks nobody but our own server. */
export const pickerData: EmojiDataResolver = async (locale): Promise<EmojiData> => {
  const { emoji, groups, toneNames } = await loadCatalogue();
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
    categories: groups.map(({ index, label }) => ({ index, label: capital(label) })),
    skinTones: toneNames as EmojiData['skinTones'],
  };
};

function skinsOf(emoji: string): Skins {
  const tones = skinTones.filter((tone) => tone !== 'none');
  return Object.fromEntries(tones.map((tone) => [tone, withSkinTone(emoji, tone)])) as Skins;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
