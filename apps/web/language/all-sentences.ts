import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureSentences } from '@confab/client';
import { type FoundSentence, findSentences } from './find-sentences.ts';
import { refusalSentences } from './refusal-sentence.ts';

export const webFolder = join(import.meta.dirname, '..');

/** The files of the app whose words people read. */
export function appFiles(): string[] {
  return globSync('{app,features,ui}/**/*.{ts,tsx}', { cwd: webFolder })
    .filter((file) => !file.includes('.test.') && !file.includes('/testing/'))
    .sort();
}

/** Where each sentence stands, in the order of the files, so that what belongs together stands together. */
export function sentencesByFile(): Map<string, FoundSentence[]> {
  return new Map(appFiles().map((file) => [file, findSentences(file, readFileSync(join(webFolder, file), 'utf8'))]));
}

/** Everything that a catalogue has to say: what the app writes, what the server refuses with, and what the client says itself. */
export function allSentences(): string[] {
  const written = [...sentencesByFile().values()].flat().map(({ english }) => english);
  return [...new Set([...written, ...refusalSentences, ...Object.values(failureSentences)])];
}
