import { setupI18n } from '@lingui/core';

/**
 * Holds the catalogue of the language that is spoken. English has none: its sentences are their own ids, and the build
 * puts what those with `{braces}` mean beside them, in the place where they stand.
 */
export const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
// Everything with braces is compiled by the build; what is left says itself.
if (import.meta.env.PROD) i18n.setMessagesCompiler((message) => [message]);

declare const brand: unique symbol;

/** A sentence that is written in one place and shown, by `t`, in another: in a table, for example. */
export type Sentence = string & { readonly [brand]: 'sentence' };

export type SentenceValues = Readonly<Record<string, string | number>>;

/** Only what stands in the program can be in the catalogues. */
type Written<S extends string> = string extends S ? never : S;

/** Marks a sentence for the catalogues, in ICU MessageFormat. */
export const sentence = <const S extends string>(english: Written<S>): Sentence => english as string as Sentence;

/**
 * The sentence in the language that is spoken, with its values filled in. Written in English, in ICU MessageFormat:
 * `t('{count, plural, one {# reply} other {# replies}}', { count })`.
 */
export function t<const S extends string>(english: Written<S> | Sentence, values?: SentenceValues): string {
  return i18n._(english, values);
}
