import type { Language, WireError } from '@confab/protocol';
import { directionOf, languageAmong } from '@confab/protocol/languages.ts';
import type { Messages } from '@lingui/core';
import type { refusalSentence } from './refusal-sentence.ts';
import { i18n, type Sentence, t } from './sentences.ts';

const catalogues = import.meta.glob<Messages>('./catalogues/*.json', { import: 'default' });

/** Languages as their speakers call them. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  ar: 'العربية',
};

export const currentLanguage = (): Language => i18n.locale as Language;

/** That of dates and numbers: whoever reads English in Austria has its dates in English still. */
export const currentLocale = (): string => (i18n.locales as string | undefined) ?? i18n.locale;

export const currentDirection = (): 'ltr' | 'rtl' => directionOf(currentLanguage());

/** The language that the browser asks for, as far as Confab speaks it. */
export const browserLanguage = (): Language => languageAmong(navigator.languages);

/** As the browser has it. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => languageAmong([tag]) === language && tag.startsWith(language)) ?? language;
}

let loading: Language = 'en';
/** English needs it as little as a catalogue: the server writes it. */
let refusalsSaid: typeof refusalSentence | null = null;

/** What the server refused with, in the language that is spoken. */
export function sayRefusal(error: WireError): string {
  if (i18n.locale === 'en' || refusalsSaid === null) return error.message;
  return refusalsSaid(error, (english, values) => t(english as Sentence, values), currentLocale());
}

/** Speaks this language from now on, once its catalogue is there. The latest call wins. */
export async function speak(language: Language): Promise<void> {
  loading = language;
  if (language !== 'en' && i18n.locale !== language) {
    const [catalogue, refusals] = await Promise.all([
      catalogues[`./catalogues/${language}.json`]?.(),
      import('./refusal-sentence.ts'),
    ]);
    refusalsSaid = refusals.refusalSentence;
    if (catalogue !== undefined) i18n.load(language, catalogue);
  }
  if (loading !== language) return;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  i18n.activate(language, localeOf(language));
}

/** Something of `Intl` that is made anew when the language is another: `perLanguage((locale) => new Intl.…)`. */
export function perLanguage<Made>(make: (locale: string) => Made): () => Made {
  let made: Made;
  let of: string | null = null;
  return () => {
    const locale = currentLocale();
    if (of !== locale) {
      made = make(locale);
      of = locale;
    }
    return made;
  };
}
