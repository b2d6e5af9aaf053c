/** A word of a text as it is compared: folded, and where it stands in the text. */
export interface Word {
  readonly text: string;
  /** Of a script that puts no spaces between words: any part of it may be one. */
  readonly dense: boolean;
  /** The first character, and the one behind the last, in UTF-16 code units of the text. */
  readonly from: number;
  readonly to: number;
}

/** Letters with their marks, and numbers; an emoji is a word too. */
const wordOrEmoji = /[\p{L}\p{N}\p{M}]+|\p{RGI_Emoji}|\p{Extended_Pictographic}/gv;
const asciiWord = /[a-z0-9]+/g;
const isAscii = /^[\0-\x7f]*$/;

/** Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese. Korean has spaces, but glues particles to its words. */
const dense =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gv;

/**
 * Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, and what says how an emoji is drawn. Marks of
 * other scripts are letters to those who write them.
 */
const dropped =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]|[\ufe00-\ufe0f]/g;

/** Letters that look like another with an accent, or are written as two, and that Unicode does not take apart. */
const spelled: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);
const spelledLetters = /[ßæœøłđðþıς]/g;
const noLetter = /[^\p{L}\p{N}\p{M}]/gu;

/** A word without what people leave out when they look for it: case, accents, width, ligatures. */
export function folded(word: string): string {
  const plain = word
    .normalize('NFKD')
    .toLowerCase()
    .replace(dropped, '')
    .replace(spelledLetters, (letter) => spelled.get(letter) ?? letter)
    .normalize('NFC');
  return plain.replace(noLetter, '') || plain;
}

/**
 * The words of a text, in order. The one tokenizer there is: what is stored and what is looked for go through it, on
 * both databases.
 */
export function wordsIn(text: string): Word[] {
  if (isAscii.test(text)) {
    const words: Word[] = [];
    for (const { 0: found, index } of text.toLowerCase().matchAll(asciiWord)) {
      words.push({ text: found, dense: false, from: index, to: index + found.length });
    }
    return words;
  }
  const words: Word[] = [];
  for (const { 0: found, index } of text.matchAll(wordOrEmoji)) addParts(words, found, index);
  return words;
}

/** A stretch of letters, cut where dense script begins or ends. */
function addParts(words: Word[], found: string, from: number): void {
  let at = 0;
  for (const { 0: run, index } of found.matchAll(dense)) {
    addWord(words, found.slice(at, index), from + at, false);
    addWord(words, run, from + index, true);
    at = index + run.length;
  }
  addWord(words, found.slice(at), from + at, false);
}

function addWord(words: Word[], written: string, from: number, isDense: boolean): void {
  const text = folded(written);
  if (text !== '') words.push({ text, dense: isDense, from, to: from + written.length });
}

/** Where a part of a folded word stands in the text: all of the word where that cannot be told. */
export function rangeOf(text: string, { from, to, text: whole }: Word, start: number, end: number): [number, number] {
  const written = text.slice(from, to);
  if (written.length === whole.length) return [from + start, from + end];
  let length = 0;
  const ends: { folded: number; written: number }[] = [{ folded: 0, written: 0 }];
  for (const { 0: letter, index } of written.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    length += folded(letter).length;
    ends.push({ folded: length, written: index + letter.length });
  }
  if (length !== whole.length) return [from, to];
  const begin = ends.findLast((each) => each.folded <= start)?.written ?? 0;
  const finish = ends.find((each) => each.folded >= end)?.written ?? written.length;
  return [from + begin, from + finish];
}
