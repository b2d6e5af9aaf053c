import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from '@confab/protocol';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.ts';

const server = join(import.meta.dirname, '..');
const others = languages.filter((language) => language !== 'en');
const catalogueOf = (language: Language): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'catalogues', `${language}.json`), 'utf8'));
const sentences = Object.keys(catalogueOf('de'));

/** The names of what is filled in, and the plural forms that there are. */
function partsOf(text: string): { values: string[]; forms: string[][] } {
  const values = new Set<string>();
  const forms: string[][] = [];
  const read = (message: unknown): void => {
    for (const token of Array.isArray(message) ? message : []) {
      if (typeof token === 'string') continue;
      const [name, type, cases] = token as [string, string?, Record<string, unknown>?];
      values.add(name);
      if (type === 'plural') forms.push(Object.keys(cases ?? {}).filter((form) => form !== 'offset'));
      for (const inner of Object.values(cases ?? {})) read(inner);
    }
  };
  read(compileMessage(text));
  return { values: [...values].sort(), forms };
}

describe('the catalogues of the server', () => {
  it('hold what the server writes and nothing else', () => {
    const source = globSync('{mail,exports}/*.ts', { cwd: server })
      .map((file) => readFileSync(join(server, file), 'utf8'))
      .join('\n');
    for (const english of sentences) expect(source).toContain(`'${english}'`);
  });

  it.each(others)('in %s have every sentence, its values and all plural forms of the language', (language) => {
    const catalogue = catalogueOf(language);
    expect(Object.keys(catalogue)).toEqual(sentences);
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [english, text] of Object.entries(catalogue)) {
      expect(text.trim(), english).not.toBe('');
      const [theirs, ours] = [partsOf(english), partsOf(text)];
      expect(ours.values, text).toEqual(theirs.values);
      expect(ours.forms.length, text).toBe(theirs.forms.length);
      for (const forms of ours.forms) expect([...forms].sort(), text).toEqual([...needed].sort());
    }
  });
});

describe('words', () => {
  const missed = 'You missed {count, plural, one {one message} other {# messages}}.';

  it('count as the language does', async () => {
    const said = async (language: Language, ...counts: number[]) => {
      const words = await wordsOf(language);
      return counts.map((count) => words.t(missed, { count }));
    };
    expect(await said('en', 1, 1200)).toEqual(['You missed one message.', 'You missed 1,200 messages.']);
    expect(await said('de', 1, 1200)).toEqual([
      'du hast eine Nachricht verpasst.',
      'du hast 1.200 Nachrichten verpasst.',
    ]);
    expect(await said('ar', 1, 2, 3, 11)).toEqual([
      'فاتتك رسالة واحدة.',
      'فاتتك رسالتان.',
      'فاتتك 3 رسائل.',
      'فاتتك 11 رسالة.',
    ]);
  });

  it('keep names apart: always in HTML, and in plain text where the language runs right to left', async () => {
    const english = '{author} in {place}';
    const names = { author: 'Eve <b>&', place: '{count}' };
    const [en, ar] = await Promise.all([wordsOf('en'), wordsOf('ar')]);
    expect(en.t(english, names)).toBe('Eve <b>& in {count}');
    expect(ar.t(english, names)).toBe('\u2068Eve <b>&\u2069 في \u2068{count}\u2069');
    expect(en.html(english, names)).toBe('<bdi>Eve &lt;b&gt;&amp;</bdi> in <bdi>{count}</bdi>');
    expect(ar.html(english, names)).toBe('<bdi>Eve &lt;b&gt;&amp;</bdi> في <bdi>{count}</bdi>');
  });
});
