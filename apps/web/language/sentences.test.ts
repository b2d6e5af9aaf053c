import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, test } from 'vitest';
import { i18n, sentence, t } from './sentences.ts';
import { Trans } from './trans.tsx';

const replies = '{count, plural, one {# reply} other {# replies}}';

afterEach(() => i18n.activate('en'));

describe('a sentence', () => {
  test('says itself in English, with its values and plural forms', () => {
    expect(t('Save')).toBe('Save');
    expect(t('Join {space}', { space: 'Harbour' })).toBe('Join Harbour');
    expect([1, 2, 1200].map((count) => t(replies, { count }))).toEqual(['1 reply', '2 replies', '1,200 replies']);
  });

  test('is said in the language that is spoken', () => {
    i18n.load('de', { Save: 'Speichern', [replies]: '{count, plural, one {# Antwort} other {# Antworten}}' });
    i18n.activate('de');
    expect(t('Save')).toBe('Speichern');
    expect(t(replies, { count: 1200 })).toBe('1.200 Antworten');
  });

  test('is said in English where its catalogue lacks it', () => {
    i18n.load('fr', { Save: '' });
    i18n.activate('fr');
    expect([t('Save'), t('Join {space}', { space: 'Harbour' })]).toEqual(['Save', 'Join Harbour']);
  });
});

describe('a sentence with elements', () => {
  const parts = {
    link: (inner: string) => createElement('a', { href: '/rules' }, inner),
    who: () => createElement('bdi', null, 'Ada'),
  };

  test('has them where the language wants them', () => {
    const invited = sentence('<who/> asks you to read <link>the rules of {space}</link> first.');
    const draw = () =>
      renderToStaticMarkup(createElement(Trans, { sentence: invited, values: { space: 'Harbour' }, parts }));
    expect(draw()).toBe('<bdi>Ada</bdi> asks you to read <a href="/rules">the rules of Harbour</a> first.');
    i18n.load('ja', { [invited]: '先に<link>{space}のルール</link>を読むよう、<who/>さんからお願いがあります。' });
    i18n.activate('ja');
    expect(draw()).toBe('先に<a href="/rules">Harbourのルール</a>を読むよう、<bdi>Ada</bdi>さんからお願いがあります。');
  });

  test('takes nothing that a person is called for an element', () => {
    const html = renderToStaticMarkup(
      createElement(Trans, {
        sentence: sentence('Read <link>{name}</link>, {name}'),
        values: { name: '<who/> & <b>' },
        parts,
      }),
    );
    expect(html).toBe('Read <a href="/rules">&lt;who/&gt; &amp; &lt;b&gt;</a>, &lt;who/&gt; &amp; &lt;b&gt;');
  });
});
