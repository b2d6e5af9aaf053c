import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '@confab/protocol/languages.ts';
import { describe, expect, test } from 'vitest';
import { allSentences, appFiles, sentencesByFile, webFolder } from './all-sentences.ts';
import { bareStrings } from './bare-strings.ts';
import { catalogueProblems, valuesOf } from './catalogue-problems.ts';

/** Look like words, and are typed, run or sent as they stand. */
const asTheyStand = new Set([
  'Confab web',
  // What is dragged, as browsers call it.
  'Files',
  'Join',
  'fetch(…) with wait=25',
  'new EventSource(…)',
  'new WebSocket(…)',
  'query ($room: String!) { cursor(room: $room) }',
  'subscription ($room: String!, $after: String) { messages(room: $room, after: $after) { clientId } }',
  // Times that commands understand.
  'in an hour',
  'next Monday at 9',
  'tomorrow at 9',
  'until Monday',
]);

const sentences = allSentences();

test('no component says anything that is in no catalogue', () => {
  const bare = appFiles().flatMap((file) =>
    bareStrings(file, readFileSync(join(webFolder, file), 'utf8'))
      .filter(({ text }) => !asTheyStand.has(text))
      .map(({ text, line }) => `${file}:${line} ${text}`),
  );
  expect(bare).toEqual([]);
});

test('what a sentence fills in is given where it is said', () => {
  const wrong = [...sentencesByFile()].flatMap(([file, found]) =>
    found
      .filter(({ values }) => values !== null)
      .filter(({ english, values }) => valuesOf(english).symmetricDifference(new Set(values)).size > 0)
      .map(({ english }) => `${file} ${english}`),
  );
  expect(wrong).toEqual([]);
});

describe.each(languages.filter((language) => language !== 'en'))('the catalogue of %s', (language) => {
  test('has every sentence, with its values, elements and plural forms, and nothing else', () => {
    const catalogue = JSON.parse(readFileSync(join(import.meta.dirname, `catalogues/${language}.json`), 'utf8'));
    expect(catalogueProblems(language, sentences, catalogue)).toEqual([]);
  });
});
