import type { Confab, RoomState } from '@confab/client';
import type { Person, RoomInfo } from '@confab/protocol';
import type { Trigger } from './suggestion-trigger.ts';

export interface Suggestion {
  key: string;
  /** Stands in place of what was typed, with a space after it. */
  insert: string;
  title: string;
  /** What one writes after it. */
  hint?: string;
  detail?: string;
  /** What stands in front of the title. */
  lead:
    | { kind: 'person'; person: Person }
    | { kind: 'room'; room: RoomInfo }
    | { kind: 'group' }
    | { kind: 'picture'; address: string }
    | { kind: 'sign'; text: string };
}

export interface SuggestionPlace {
  confab: Confab;
  room: RoomState | undefined;
  /** The command whose argument is typed. */
  command?: string;
}

/** What may stand for what was typed, the best first. */
export type SuggestionSource = (typed: string, place: SuggestionPlace) => Promise<Suggestion[]> | Suggestion[];

/** More than this nobody reads. */
export const mostSuggestions = 8;

/** Without case and accents: what people type when they are in a hurry. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** How well a name fits what was typed: 3 begins so, 2 a word of it begins so, 1 holds it, 0 not at all. */
export function fit(name: string, typed: string): number {
  const [own, wanted] = [folded(name), folded(typed)];
  if (own.startsWith(wanted)) return 3;
  if (own.split(/[\s._-]+/).some((word) => word.startsWith(wanted))) return 2;
  return own.includes(wanted) ? 1 : 0;
}

/**
 * Which of those that were found before more was typed is meant: the marked one if it is called so all the same,
 * otherwise the first that is. The next answer may have none of them.
 */
export function firstThatFits(
  found: readonly Suggestion[],
  marked: Suggestion | undefined,
  { mark, typed }: Pick<Trigger, 'mark' | 'typed'>,
): Suggestion | undefined {
  if (marked === undefined) return undefined;
  return [marked, ...found].find(({ insert, title }) => {
    const name = insert.startsWith(mark) ? insert.slice(mark.length) : insert;
    return fit(name, typed) > 1 || fit(title, typed) > 1;
  });
}

/** Those that fit, the best first; equals stay in their order. */
export function bestOf<T>(entries: readonly T[], typed: string, names: (entry: T) => readonly string[]): T[] {
  return entries
    .map((entry) => ({ entry, score: Math.max(...names(entry).map((each) => fit(each, typed))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostSuggestions)
    .map(({ entry }) => entry);
}
