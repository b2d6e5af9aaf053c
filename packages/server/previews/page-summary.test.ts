import { limits } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { summaryOf as summaryWithin } from './page-summary.ts';
import { textOf } from './page-text.ts';

const summaryOf = (html: string) => summaryWithin(html, limits);

describe('the summary of a page', () => {
  it('takes what the page says to others before what it says to search engines and browsers', () => {
    const html = `<!doctype html><head><title>Tab</title><meta name="description" content="For searching">
      <meta property="og:title" content="To others"><meta property="og:description" content="In &quot;short&quot; &amp; plain">
      <meta property="og:site_name" content="The Site"></head>`;
    expect(summaryOf(html)).toEqual({ title: 'To others', description: 'In "short" & plain', site: 'The Site' });
  });

  it('is the title alone where there is nothing else, and nothing where there is none', () => {
    expect(summaryOf('<TITLE>\n  Two\n lines </TITLE><p>text')).toEqual({ title: 'Two lines' });
    expect(summaryOf('<meta property="og:title" content="  "><p>text')).toBeUndefined();
    expect(summaryOf('{"json": true}')).toBeUndefined();
  });

  it('does not read the body, where a visitor may have written', () => {
    expect(summaryOf('<head></head><body><meta property="og:title" content="From a guest book">')).toBeUndefined();
  });

  it('is one line without control or direction characters, cut between characters', () => {
    const html = `<title>a\u202eb\u0000c\u2028d</title><meta name=description content="${'👩‍🚀'.repeat(200)}">`;
    const { title, description = '' } = summaryOf(html) ?? {};
    expect(title).toBe('a b c d');
    expect(description.length).toBeLessThanOrEqual(301);
    expect(description).toMatch(/^(👩‍🚀)+…$/u);
  });

  it('bears what is broken', () => {
    for (const html of ['<title>open', '<meta property=og:title content=', '<<<<', '<title>'.repeat(1_000)]) {
      expect(() => summaryOf(html)).not.toThrow();
    }
  });
});

describe('the text of a page', () => {
  it.each([
    ['utf-8', 'text/html', Buffer.from('<title>Grüße</title>')],
    ['what the header names', 'text/html; charset=ISO-8859-1', Buffer.from('<title>Grüße</title>', 'latin1')],
    ['what the page names', 'text/html', Buffer.from('<meta charset="windows-1252"><title>Grüße</title>', 'latin1')],
    ['a byte order mark', 'text/html; charset=latin1', Buffer.from('\ufeff<title>Grüße</title>')],
    [
      'an encoding of Japan',
      'text/html; charset=shift_jis',
      Buffer.from([...Buffer.from('<title>Gr'), 0x83, 0x4f, ...Buffer.from('</title>')]),
    ],
    ['a name that nobody knows', 'text/html; charset=klingon', Buffer.from('<title>Grüße</title>')],
  ])('is read as %s', (_how, contentType, body) => {
    expect(summaryOf(textOf(body, contentType))?.title).toMatch(/^Gr(üße|グ)$/);
  });
});
