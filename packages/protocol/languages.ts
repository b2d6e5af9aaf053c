/** The languages that Confab speaks, as tags of BCP 47. English is the one that sentences are written in. */
export const languages = ['en', 'de', 'fr', 'es', 'ja', 'ar'] as const;
export type Language = (typeof languages)[number];

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first of these tags that Confab speaks, whatever its region: `de-AT` is German. English when there is none. */
export function languageAmong(tags: readonly string[]): Language {
  for (const tag of tags) {
    const base = tag.toLowerCase().split('-')[0];
    const known = languages.find((language) => language === base);
    if (known !== undefined) return known;
  }
  return 'en';
}
