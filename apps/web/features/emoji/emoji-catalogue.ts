import type { Language } from '@confab/protocol';
import { currentLanguage } from '../../language/language.ts';
import { folded } from '../suggestions/suggestion.ts';
import { type SkinTone, withSkinTone } from './skin-tone.ts';

export interface CatalogueEmoji {
  emoji: string;
  /** What it shows, e.g. “grinning face”. */
  label: string;
  /** What one types between colons for it, the best known first. */
  codes: readonly string[];
  /** Words it is found by, folded. */
  words: readonly string[];
  group: number;
  hasTones: boolean;
}

export interface EmojiCatalogue {
  emoji: readonly CatalogueEmoji[];
  toneNames: Readonly<Record<string, string>>;
}

/** The module that the build makes of the public data. */
type Source = typeof import('virtual:emoji/en');

const english = () => import('virtual:emoji/en');
/** In the others the emoji have their English names. */
const sources: Readonly<Partial<Record<Language, () => Promise<Source>>>> = {
  de: () => import('virtual:emoji/de'),
  fr: () => import('virtual:emoji/fr'),
  es: () => import('virtual:emoji/es'),
  ja: () => import('virtual:emoji/ja'),
};

let loading: { readonly language: Language; readonly catalogue: Promise<EmojiCatalogue> } | undefined;

/** All emoji with their names in the language that is spoken, loaded when first asked for. */
export function loadCatalogue(): Promise<EmojiCatalogue> {
  const language = currentLanguage();
  if (loading?.language === language) return loading.catalogue;
  const load = sources[language] ?? english;
  const catalogue = load().then(catalogueOf, (error) => {
    // The connection may be back the next time.
    loading = undefined;
    throw error;
  });
  loading = { language, catalogue };
  return catalogue;
}

export function catalogueOf({ skinTones, lines }: Source): EmojiCatalogue {
  return { toneNames: skinTones, emoji: lines.split('\n').map(read) };
}

function read(line: string): CatalogueEmoji {
  const [emoji = '', label = '', codes = '', words = '', group = '', tones = ''] = line.split('\t');
  return {
    emoji,
    label,
    codes: codes.split(' '),
    words: folded(words).split('|'),
    group: Number(group),
    hasTones: tones !== '',
  };
}

/** The emoji whose names begin with what was typed, then those that it stands elsewhere in. */
export function findEmoji(
  catalogue: EmojiCatalogue,
  typed: string,
  { tone, most }: { tone: SkinTone; most: number },
): { emoji: string; code: string; label: string }[] {
  const wanted = folded(typed);
  const ranked = catalogue.emoji
    .map((entry) => ({ entry, ...rank(entry, wanted) }))
    .filter(({ score }) => score > 0)
    // Stable, so that equals stay in the order in which people know them.
    .sort((a, b) => b.score - a.score);
  return ranked.slice(0, most).map(({ entry, code }) => ({
    emoji: entry.hasTones ? withSkinTone(entry.emoji, tone) : entry.emoji,
    code,
    label: entry.label,
  }));
}

function rank({ codes, words, label }: CatalogueEmoji, wanted: string): { score: number; code: string } {
  const first = codes[0] ?? '';
  const name = folded(label);
  const exact = codes.find((code) => code === wanted);
  if (exact !== undefined) return { score: 4, code: exact };
  const begins = codes.find((code) => code.startsWith(wanted));
  if (begins !== undefined) return { score: 3, code: begins };
  if (name.startsWith(wanted)) return { score: 2.7, code: first };
  if (words.some((word) => word === wanted)) return { score: 2.5, code: first };
  const within = codes.find((code) => code.includes(`_${wanted}`));
  if (within !== undefined) return { score: 2, code: within };
  const fits = name.includes(` ${wanted}`) || words.some((word) => word.startsWith(wanted));
  return { score: fits ? 1 : 0, code: first };
}
