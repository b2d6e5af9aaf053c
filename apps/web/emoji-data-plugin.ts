import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const sources = dirname(fileURLToPath(import.meta.resolve('emojibase-data/package.json')));

/** What phones and desks of the last years can draw. */
const newestVersion = 15.1;
/** Skin tones and hair by themselves. */
const componentGroup = 2;
const oneEmoji = /^\p{RGI_Emoji}$/v;

interface SourceEmoji {
  emoji: string;
  hexcode: string;
  label: string;
  tags?: string[];
  group?: number;
  order: number;
  version: number;
  skins?: { tone: number | number[] }[];
}

interface SourceMessages {
  skinTones: { key: string; message: string }[];
}

type Shortcodes = Record<string, string | string[]>;

/**
 * Our own copy of the public emoji data, as the module `virtual:emoji/<language>`: only what the picker and the
 * suggestions need, a line for each emoji (emoji, name, short codes, search words, group, has skin tones). The short
 * codes are the same in every language, as people know them from elsewhere.
 */
export function emojiData(): Plugin {
  const prefix = 'virtual:emoji/';
  return {
    name: 'confab-emoji-data',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load: (id) => (id.startsWith(`\0${prefix}`) ? moduleOf(id.slice(prefix.length + 1)) : null),
  };
}

function moduleOf(language: string): string {
  const read = <T>(path: string): T => JSON.parse(readFileSync(join(sources, `${path}.json`), 'utf8'));
  const { skinTones } = read<SourceMessages>(`${language}/messages`);
  const shortcodes = [read<Shortcodes>('en/shortcodes/github'), read<Shortcodes>('en/shortcodes/emojibase')];
  const lines = read<SourceEmoji[]>(`${language}/data`)
    .filter(({ group, version }) => group !== undefined && group !== componentGroup && version <= newestVersion)
    .sort((a, b) => a.order - b.order)
    .map((source) => lineOf(source, shortcodes));
  return [
    `export const skinTones = ${JSON.stringify(Object.fromEntries(skinTones.map(({ key, message }) => [key, message])))};`,
    `export const lines = ${JSON.stringify(lines.join('\n'))};`,
  ].join('\n');
}

function lineOf({ emoji, hexcode, label, tags = [], group, skins }: SourceEmoji, sources: readonly Shortcodes[]) {
  // The data writes a variation selector where Unicode's own list has none; the server knows Unicode's.
  const plain = oneEmoji.test(emoji) ? emoji : emoji.replaceAll('\uFE0F', '');
  const codes = new Set(sources.flatMap((source) => source[hexcode] ?? []));
  const hasTones = skins?.some(({ tone }) => typeof tone === 'number') ?? false;
  return [plain, label, [...codes].join(' '), tags.join('|'), group, hasTones ? 1 : ''].join('\t');
}
