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

/** Every place where the words of a rule follow each other. What has no spaces between its words has a rule's in it. */
function placesOf(rule: FilterRule, said: readonly Word[]): Found[] {
  const ruled = wordsIn(rule.words);
  const [first, last] = [ruled[0], ruled.length - 1];
  if (first === undefined) return [];
  return said.flatMap((word, at) => {
    if (!sameWord(word, first) || !ruled.every((each, index) => sameWord(said[at + index], each))) return [];
    const to = said[at + last]?.to ?? word.to;
    return [{ action: rule.action, from: word.from, to }];
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
  const rules = JSON.parse(stored) as FilterRule[];
  const said = wordsIn(text);
  const found = rules.flatMap((rule) => placesOf(rule, said));
  const refused = found.find(({ action }) => action === 'refuse');
  if (refused) throw new Refusal('word-refused', { words: text.slice(refused.from, refused.to) });
  return { text: masked(text, found), reported: found.some(({ action }) => action === 'report') };
}
