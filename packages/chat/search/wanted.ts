import type { SearchTerm } from '@confab/protocol';
import { type Word, wordsIn } from '../tokenizer.ts';
import { hasParts, keptOfPart, keptOfWord, pairsOf, partMark, shortestPart, shortestStart } from './word-forms.ts';

/** Words that have to follow each other in a message: mostly a single one. */
export interface WantedPhrase {
  readonly words: readonly Word[];
  /** Whole words only. */
  readonly quoted: boolean;
}

/** What is looked for; what has no letter, number or emoji is left out. */
export interface Wanted {
  readonly phrases: readonly WantedPhrase[];
  readonly excluded: readonly WantedPhrase[];
}

export function wantedOf(terms: readonly SearchTerm[]): Wanted {
  const phrases: WantedPhrase[] = [];
  const excluded: WantedPhrase[] = [];
  for (const term of terms) {
    const words = wordsIn(term.text);
    if (words.length > 0) (term.excluded ? excluded : phrases).push({ words, quoted: term.quoted });
  }
  return { phrases, excluded };
}

/** How well a word of a message is one that is looked for: all of it, its beginning, a part, or not. */
export const quality = { whole: 3, start: 2, part: 1, none: 0 } as const;

export interface WordMatch {
  readonly quality: number;
  /** Where in the folded word. */
  readonly from: number;
  readonly to: number;
}

/** Which of its ends a word has to match up to, as its place in a phrase asks for. */
interface Ends {
  readonly begins: boolean;
  readonly ends: boolean;
}

export function matchWord(word: Word, wanted: Word, { begins, ends }: Ends): WordMatch | null {
  if (word.dense !== wanted.dense) return null;
  const { text } = wanted;
  const from = placeIn(word.text, text, begins, ends);
  if (from < 0) return null;
  const to = from + text.length;
  if (word.text.length === text.length) return { quality: quality.whole, from, to };
  if (word.dense) return { quality: quality.start, from, to };
  if (begins && ends) return null;
  if (from === 0) return text.length < shortestStart(text) ? null : { quality: quality.start, from, to };
  const shortest = Math.max(shortestPart(text), shortestPart(word.text));
  return text.length < shortest || !hasParts(word.text) ? null : { quality: quality.part, from, to };
}

function placeIn(word: string, text: string, begins: boolean, ends: boolean): number {
  if (begins) return word.startsWith(text) && (!ends || word.length === text.length) ? 0 : -1;
  if (ends) return word.endsWith(text) ? word.length - text.length : -1;
  return word.indexOf(text);
}

/** Which ends the words of a phrase have to match up to. In dense script no word has an end that can be seen. */
export function endsOf({ words, quoted }: WantedPhrase, index: number): Ends {
  const whole = quoted && !words[index]?.dense;
  return { begins: whole || index > 0, ends: whole || index < words.length - 1 };
}

/** One of the forms that messages are indexed by, or with `prefix` all that begin so. */
export interface WantedForm {
  readonly form: string;
  readonly prefix: boolean;
}

/** Any of these has to be there: what follows from a word that is looked for. Finds too much rather than too little. */
export type Condition = readonly WantedForm[];

export function conditionsOf(phrase: WantedPhrase): Condition[] {
  return phrase.words.flatMap((word, index) => conditionsOfWord(word, endsOf(phrase, index)));
}

function conditionsOfWord({ text, dense }: Word, { begins, ends }: Ends): Condition[] {
  if (dense) {
    const pairs = pairsOf(text);
    if (pairs.length === 1) return [[{ form: text, prefix: true }]];
    return pairs.slice(0, -1).map((form) => [{ form, prefix: false }]);
  }
  const form = text.slice(0, keptOfWord);
  const isStart = !ends && text.length >= shortestStart(text);
  const whole = { form, prefix: isStart };
  if (begins || text.length < shortestPart(text) || !hasParts(text)) return [[whole]];
  return [[whole, { form: partMark + text.slice(0, keptOfPart), prefix: true }]];
}
