import { findEmoji, loadCatalogue } from '../emoji/emoji-catalogue.ts';
import { pictureAddress } from '../emoji/picture-address.ts';
import { emojiOfSpaces } from '../emoji/use-emoji-of-room.ts';
import { readSkinTone } from '../emoji/use-skin-tone.ts';
import { bestOf, mostSuggestions, type Suggestion, type SuggestionPlace, type SuggestionSource } from './suggestion.ts';

export const suggestEmoji: SuggestionSource = async (typed, place) => {
  // Looked at before the catalogue is waited for: they are asked for at the first look.
  const own = emojiHere(place);
  const catalogue = await loadCatalogue();
  const found = findEmoji(catalogue, typed, { tone: readSkinTone(), most: mostSuggestions }).map(
    ({ emoji, code }): Suggestion => ({
      key: emoji,
      insert: emoji,
      title: `:${code}:`,
      lead: { kind: 'sign', text: emoji },
    }),
  );
  const named = bestOf(own.get(), typed, ({ name, aliases }) => [name, ...aliases]).map(
    (emoji): Suggestion => ({
      key: emoji.id,
      insert: `:${emoji.name}:`,
      title: `:${emoji.name}:`,
      lead: { kind: 'picture', address: pictureAddress(emoji) },
    }),
  );
  return [...named, ...found].slice(0, mostSuggestions);
};

/** Those of the room's space, or of all of one's own where it has none. */
function emojiHere({ confab, room }: SuggestionPlace) {
  const space = room?.info.space;
  return emojiOfSpaces(confab, space ? [space] : confab.spaces.list.get().map(({ id }) => id));
}

/** The emoji of exactly this code; `null` when there is none. */
export async function emojiOfCode(code: string): Promise<string | null> {
  const [best] = findEmoji(await loadCatalogue(), code, { tone: readSkinTone(), most: 1 });
  return best !== undefined && best.code === code.toLowerCase() ? best.emoji : null;
}
