import type { Plugin } from 'vite';
import { expect, test } from 'vitest';
import { emojiData } from '../../emoji-data-plugin.ts';
import { catalogueOf, findEmoji } from './emoji-catalogue.ts';
import { categories } from './picker-data.ts';
import { withoutSkinTone, withSkinTone } from './skin-tone.ts';
import { UsedEmoji } from './used-emoji.ts';

const oneEmoji = /^\p{RGI_Emoji}$/v;

/** The data as the build makes it. */
async function readCatalogue(language = 'en') {
  const { load } = emojiData() as Plugin & { load: (id: string) => string };
  const code = load(`\0virtual:emoji/${language}`);
  return catalogueOf(await import(`data:text/javascript,${encodeURIComponent(code)}`));
}

function storage(kept: string | null = null) {
  let value = kept;
  return { getItem: () => value, setItem: (_: string, next: string) => (value = next) };
}

test('every emoji of the catalogue is one that the server takes, in every skin tone', async () => {
  const { emoji } = await readCatalogue();
  expect(emoji.length).toBeGreaterThan(1_800);
  const named = new Set(categories().map(({ index }) => index));
  expect(new Set(emoji.map(({ group }) => group))).toEqual(named);
  const drawn = emoji.flatMap((each) => [
    each.emoji,
    ...(each.hasTones ? [withSkinTone(each.emoji, 'light'), withSkinTone(each.emoji, 'dark')] : []),
  ]);
  expect(drawn.filter((each) => !oneEmoji.test(each))).toEqual([]);
  const toneless = emoji.filter(({ emoji: each, hasTones }) => hasTones && withSkinTone(each, 'dark') === each);
  expect(toneless.map(({ label }) => label)).toEqual([]);
});

test('what was typed finds first what is called so, then what begins so', async () => {
  const catalogue = await readCatalogue();
  const find = (typed: string) => findEmoji(catalogue, typed, { tone: 'none', most: 5 }).map(({ emoji }) => emoji);
  expect(find('heart')[0]).toBe('❤️');
  expect(find('+1')[0]).toBe('👍');
  expect(find('TADA')[0]).toBe('🎉');
  expect(find('rocket')).toContain('🚀');
  expect(find('there-is-no-such-thing')).toEqual([]);
  expect(findEmoji(catalogue, 'thumbsup', { tone: 'medium', most: 1 })[0]?.emoji).toBe('👍🏽');
});

test.each([
  ['de', 'froh', '😀', 'grinsendes Gesicht'],
  ['fr', 'fete', '🎉', 'cotillons'],
  ['es', 'corazón', '❤️', 'corazón rojo'],
  ['ja', '笑', '😀', 'にっこり笑う'],
])(
  'in %s emoji are found by its words, with and without accents, and by the short codes of everywhere',
  async (language, word, emoji, label) => {
    const catalogue = await readCatalogue(language);
    const find = (typed: string) => findEmoji(catalogue, typed, { tone: 'none', most: 64 });
    expect(find(word).map((found) => [found.emoji, found.label])).toContainEqual([emoji, label]);
    expect(find('tada')[0]).toMatchObject({ emoji: '🎉', code: 'tada' });
  },
);

test('a skin tone is put on people and hands alone, and taken off again', () => {
  expect(withSkinTone('👋', 'dark')).toBe('👋🏿');
  expect(withSkinTone('✌️', 'light')).toBe('✌🏻');
  expect(withSkinTone('🎉', 'dark')).toBe('🎉');
  expect(withoutSkinTone('👋🏿')).toBe('👋');
  expect(withoutSkinTone('🎉')).toBe('🎉');
});

test('the six used most are offered, filled up with the usual ones', () => {
  const used = new UsedEmoji(storage());
  const usual = used.top();
  expect(usual).toHaveLength(6);
  for (const emoji of ['🐙', '🐙', '🦊', '👍🏽']) used.used(emoji);
  expect(used.top().slice(0, 3)).toEqual(['🐙', '🦊', '👍🏽']);
  expect(used.top()).toHaveLength(6);
  // The same hand in another colour is no second hand.
  expect(used.top()).not.toContain('👍');
});

test('what was used is remembered, and rubbish in the storage is not', () => {
  const kept = storage();
  new UsedEmoji(kept).used('🐙');
  expect(new UsedEmoji(kept).top()[0]).toBe('🐙');
  for (const rubbish of ['{', '7', '[["x"],[1,2],["🐙","many"]]']) {
    expect(new UsedEmoji(storage(rubbish)).top()).toEqual(new UsedEmoji(storage()).top());
  }
});

test('a device remembers a bounded number of emoji', () => {
  const kept = storage();
  const used = new UsedEmoji(kept);
  for (let code = 0x1f400; code < 0x1f400 + 100; code += 1) used.used(String.fromCodePoint(code));
  expect(JSON.parse(kept.getItem() ?? '[]')).toHaveLength(40);
});
