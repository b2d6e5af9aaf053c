import type { FilterAction, FilterRule } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Word, wordsIn } from './tokenizer.ts';

/** Words of a rule, in a place of the text. */
interface Found {
  readonly action: FilterAction;
  readonly from: number;
  readonly to: number;
}

export interface Filtered {
  /** With asterisks where words were masked. */
  readonly text: string;
  /** Whether moderators are to hear of it. */
  readonly reported: boolean;
}

const sameWord = (said: Word | undefined, ruled: Word): boolean =>
  said !== undefined && (said.dense ? said.text.includes(ruled.text) : said.text === ruled.text);

/** A rule with its words told apart. */
interface Rule {
  readonly action: FilterAction;
  readonly words: readonly Word[];
}

/** Filters by how they are stored: telling the words of five hundred rules apart takes longer than the post itself. */
const kept = new Map<string, readonly Rule[]>();
/** Of spaces in which somebody writes just now. */
const mostKept = 50;

function rulesOf(stored: string): readonly Rule[] {
  const known = kept.get(stored);
  if (known) return known;
  const rules = (JSON.parse(stored) as FilterRule[]).map(({ action, words }) => ({ action, words: wordsIn(words) }));
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
  kept.set(stored, rules);
  return rules;
}

/** Every place where the words of a rule follow each other. What has no spaces between its words has a rule's in it. */
function placesOf({ action, words: ruled }: Rule, said: readonly Word[]): Found[] {
  const [first, last] = [ruled[0], ruled.length - 1];
  if (first === undefined) return [];
  return said.flatMap((word, at) => {
    if (!sameWord(word, first) || !ruled.every((each, index) => sameWord(said[at + index], each))) return [];
    const to = said[at + last]?.to ?? word.to;
    return [{ action, from: word.from, to }];
  });
}

function masked(text: string, found: readonly Found[]): string {
  let result = text;
  for (const { action, from, to } of found) {
    if (action !== 'mask') continue;
    result = result.slice(0, from) + result.slice(from, to).replace(/\S/g, '*') + result.slice(to);
  }
  return result;
}

/**
 * A text as the word filter of a space lets it be said. `stored`: the filter's rules as JSON, `null` for none.
 * @throws `Refusal('word-refused')`
 */
export function filtered(text: string, stored: string | null): Filtered {
  if (stored === null) return { text, reported: false };
  const said = wordsIn(text);
  const found = rulesOf(stored).flatMap((rule) => placesOf(rule, said));
  const refused = found.find(({ action }) => action === 'refuse');
  if (refused) throw new Refusal('word-refused', { words: text.slice(refused.from, refused.to) });
  return { text: masked(text, found), reported: found.some(({ action }) => action === 'report') };
}
