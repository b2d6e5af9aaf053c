import { describe, expect, test } from 'vitest';
import { bareStrings } from './bare-strings.ts';
import { catalogueProblems } from './catalogue-problems.ts';
import { findSentences } from './find-sentences.ts';

const wordsOf = (source: string) => bareStrings('a.tsx', source).map(({ text, line }) => `${line} ${text}`);

describe('sentences of a program', () => {
  test('are found where they are said and where they are marked, with what is filled in', () => {
    const source = `const a = sentence('Kept');
      const b = <p title={t('{n} of {all}', { n, all })}>{t('Save')}</p>;
      t(a); other('Not this'); t('Told', values);`;
    expect(findSentences('a.tsx', source).map(({ english, values }) => [english, values])).toEqual([
      ['Kept', null],
      ['{n} of {all}', ['n', 'all']],
      ['Save', []],
      ['Told', null],
    ]);
  });
});

describe('words that are not marked', () => {
  test('are found in elements, attributes, tables and templates', () => {
    const source = `const a = { label: 'Dark' };
      <p title="Go on">edited</p>;
      say(\`\${n} more\`, \`In \${room}\`);`;
    expect(wordsOf(source)).toEqual(['1 Dark', '2 Go on', '2 edited', '3 In']);
  });

  test('are not those that programs read', () => {
    const source = `import A from 'Some Name';
      if (key === 'Enter') throw new TypeError('Nobody sees this');
      <p className="one two" data-kind="small">{t('Shown')}{sentence('Shown too')}</p>;
      const kind: 'Some kind' = map['ArrowLeft'];`;
    expect(wordsOf(source)).toEqual([]);
  });
});

describe('a catalogue', () => {
  const many = '{n, plural, one {# <b>room</b>} other {# <b>rooms</b>}} of {space}';
  const problems = (language: string, text: string) => catalogueProblems(language, [many], { [many]: text });

  test('is whole when every sentence has its values, elements and plural forms', () => {
    expect(problems('de', '{space}: {n, plural, one {# <b>Raum</b>} other {# <b>Räume</b>}}')).toEqual([]);
    expect(problems('ja', '{space}の<b>ルーム</b>{n, plural, other {#件}}')).toEqual([]);
  });

  test.each([
    ['nothing', ' ', 'is missing'],
    ['a value less', '{n, plural, one {# <b>Raum</b>} other {# <b>Räume</b>}}', 'differ in space'],
    ['an element less', '{space} {n, plural, one {# Raum} other {# Räume}}', 'other elements'],
    ['a plural form less', '{space} {n, plural, other {# <b>Räume</b>}}', 'lacks the plural forms one of n'],
  ])('with %s is told', (_, text, said) => {
    expect(problems('de', text).join()).toContain(said);
  });

  test('with a sentence that is gone is told', () => {
    expect(catalogueProblems('de', [], { Gone: 'Weg' }).join()).toContain('stands nowhere any more');
  });
});
