import type { Word } from '../tokenizer.ts';

/** How much of a word has to be known to find it. */
const european = /^[\p{scx=Latn}\p{scx=Grek}\p{scx=Cyrl}\p{N}]/v;

/** Letters that a word has to begin with, to be found by its beginning; shorter ones are found as whole words. */
export const shortestStart = (word: string): number => (european.test(word) ? 3 : 2);

/** Letters in the midst of a word by which it is found: other scripts say more with each, and put articles before it. */
export const shortestPart = (word: string): number => (european.test(word) ? 4 : 3);

/** Longer ones are none, and numbers and what is drawn by lot have no parts that anyone knows. */
const longestWithParts = 48;
const partless = /[\p{N}\ud800-\udfff]/u;

export const hasParts = (word: string): boolean => word.length <= longestWithParts && !partless.test(word);

/** What is kept of a word, and of a part: the rest is compared when it is found. UTF-16 code units. */
export const keptOfWord = 64;
export const keptOfPart = 8;

/** Before the midst of a word; before what is no word at all. Neither begins a word. */
export const partMark = '.';
export const factMark = ':';

/** Each two characters that follow each other, and the last one: whatever stands in it begins one of these. */
export function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}

/** What a word is found by. */
export function formsOf({ text, dense }: Word): string[] {
  if (dense) return pairsOf(text);
  const forms = [text.slice(0, keptOfWord)];
  if (!hasParts(text)) return forms;
  const last = text.length - shortestPart(text);
  for (let from = 1; from <= last; from += 1) forms.push(partMark + text.slice(from, from + keptOfPart));
  return forms;
}
