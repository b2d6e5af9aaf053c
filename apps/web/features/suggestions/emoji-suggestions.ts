import { findEmoji, loadCatalogue } from '../emoji/emoji-catalogue.ts';
import { readSkinTone } from '../emoji/use-skin-tone.ts';
import { mostSuggestions, type SuggestionSource } from './suggestion.ts';

export const suggestEmoji: SuggestionSource = async (typed) => {
  const catalogue = await loadCatalogue();
  return findEmoji(catalogue, typed, { tone: readSkinTone(), most: mostSuggestions }).map(({ emoji, code }) => ({
    key: emoji,
    insert: emoji,
    title: `:${code}:`,
    lead: { kind: 'sign', text: emoji },
  }));
};

/** The emoji of exactly this code; `null` when there is none. */
export async function emojiOfCode(code: string): Promise<string | null> {
  const [best] = findEmoji(await loadCatalogue(), code, { tone: readSkinTone(), most: 1 });
  return best !== undefined && best.code === code.toLowerCase() ? best.emoji : null;
}
