import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '@confab/protocol/languages.ts';
import { findSentences } from './find-sentences.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

/** What the service worker has to say in each language: those few sentences of the page's catalogues. */
export function workerSentences(): Record<string, Record<string, string>> {
  const source = '../features/notifications/notification-words.ts';
  const sentences = findSentences(source, read(source)).map(({ english }) => english);
  const others = languages.filter((language) => language !== 'en');
  return Object.fromEntries(
    others.map((language) => {
      const catalogue: Record<string, string> = JSON.parse(read(`catalogues/${language}.json`));
      const known = sentences.filter((english) => Boolean(catalogue[english]));
      return [language, Object.fromEntries(known.map((english) => [english, catalogue[english] ?? english]))];
    }),
  );
}
