import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '@confab/protocol/languages.ts';
import { allSentences } from './all-sentences.ts';

/**
 * `npm run sentences`: gives every catalogue the sentences that are new, empty and to be written, takes out those that
 * are gone, and tells how many of each there are.
 */
const sentences = allSentences();
for (const language of languages) {
  if (language === 'en') continue;
  const file = join(import.meta.dirname, 'catalogues', `${language}.json`);
  const known: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const next = Object.fromEntries(sentences.map((english) => [english, known[english] ?? '']));
  const missing = Object.values(next).filter((text) => text === '').length;
  const gone = Object.keys(known).filter((english) => !(english in next)).length;
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`);
  process.stdout.write(`${language}: ${sentences.length} sentences, ${missing} to be written, ${gone} taken out\n`);
}
