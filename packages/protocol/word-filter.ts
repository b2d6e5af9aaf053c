import { limits } from './limits.ts';
import { Shape, type Static, Type } from './schema.ts';

/** `mask`: the word is stored as asterisks; `report`: it is said, and moderators are told. */
export const FilterAction = Type.Union([Type.Literal('refuse'), Type.Literal('mask'), Type.Literal('report')]);
export type FilterAction = Static<typeof FilterAction>;

/** `words`: a word, or words that follow each other. Compared as search does: without case, accents and signs. */
export const FilterRule = Shape({
  words: Type.String({ minLength: 1, maxLength: limits.filterRuleChars, pattern: '\\S' }),
  action: FilterAction,
});
export type FilterRule = Static<typeof FilterRule>;

export const WordFilter = Shape({ rules: Type.Array(FilterRule, { maxItems: limits.filterRules }) });
