import { limits } from '@confab/protocol/limits.ts';
import { rangeOf, type Word, wordsIn } from '../tokenizer.ts';
import { endsOf, matchWord, type Wanted, type WantedPhrase, type WordMatch } from './wanted.ts';

export interface MessageMatch {
  /** From and to, in the message's text, in order and apart. */
  readonly marks: [number, number][];
  /** Higher is better. */
  readonly score: number;
}

interface PhraseMatch {
  /** Of its first word. */
  readonly index: number;
  readonly words: readonly WordMatch[];
}

/** Whether a message's text holds all that is looked for, and where: the one that decides, on both databases. */
export function matchMessage(text: string, { phrases, excluded }: Wanted): MessageMatch | null {
  if (phrases.length === 0 && excluded.length === 0) return { marks: [], score: 0 };
  const words = wordsIn(text);
  if (excluded.some((phrase) => matchesOf(words, phrase, 1).length > 0)) return null;
  const marks: [number, number][] = [];
  const firsts: number[] = [];
  let score = 0;
  for (const phrase of phrases) {
    const matches = matchesOf(words, phrase, limits.searchMarks);
    if (matches.length === 0) return null;
    for (const match of matches) marks.push(markOf(text, words, match));
    score += Math.max(...matches.map(qualityOf));
    firsts.push(matches[0]?.index ?? 0);
  }
  return { marks: joined(marks), score: score + closeness(firsts) + 4 / (4 + words.length) };
}

function matchesOf(words: readonly Word[], phrase: WantedPhrase, atMost: number): PhraseMatch[] {
  const found: PhraseMatch[] = [];
  for (let index = 0; index + phrase.words.length <= words.length && found.length < atMost; index += 1) {
    const matches = matchAt(words, phrase, index);
    if (matches !== null) found.push({ index, words: matches });
  }
  return found;
}

function matchAt(words: readonly Word[], phrase: WantedPhrase, index: number): WordMatch[] | null {
  const matches: WordMatch[] = [];
  for (const [place, wanted] of phrase.words.entries()) {
    const word = words[index + place];
    const match = word && matchWord(word, wanted, endsOf(phrase, place));
    if (!match) return null;
    matches.push(match);
  }
  return matches;
}

/** From the beginning of its first word's match to the end of its last one's. */
function markOf(text: string, words: readonly Word[], { index, words: matches }: PhraseMatch): [number, number] {
  const first = words[index] as Word;
  const last = words[index + matches.length - 1] as Word;
  const [start, end] = [matches[0] as WordMatch, matches.at(-1) as WordMatch];
  return [rangeOf(text, first, start.from, start.to)[0], rangeOf(text, last, end.from, end.to)[1]];
}

const qualityOf = ({ words }: PhraseMatch): number =>
  words.reduce((sum, match) => sum + match.quality, 0) / words.length;

/** Words that stand near each other were probably meant together. */
function closeness(firsts: readonly number[]): number {
  if (firsts.length < 2) return 0;
  return 2 / (1 + (Math.max(...firsts) - Math.min(...firsts)) / firsts.length);
}

function joined(marks: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const mark of marks.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1]);
    else result.push(mark);
  }
  return result.slice(0, limits.searchMarks);
}
