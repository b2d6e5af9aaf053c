import { expect, it } from 'vitest';
import { linksInText } from './links-in-text.ts';

it.each([
  ['no link at all', []],
  ['See https://example.org/a.', ['https://example.org/a']],
  ['(https://example.org/a_(b))', ['https://example.org/a_(b)']],
  [
    '[docs](https://example.org/docs) and <http://example.net/?q=1&r=2>',
    ['https://example.org/docs', 'http://example.net/?q=1&r=2'],
  ],
  ['https://example.org https://example.org/ HTTPS://EXAMPLE.ORG', ['https://example.org']],
  ['**https://example.org/bold** _https://example.org/it_', ['https://example.org/bold', 'https://example.org/it']],
  ['`https://example.org/code` and\n```\nhttps://example.org/block\n```', []],
  ['||https://example.org/secret|| https://example.org/open', ['https://example.org/open']],
  ['「https://example.jp/日本」と', ['https://example.jp/日本']],
  ['https:// http://[ ftp://example.org javascript://example.org', []],
  [`https://example.org/${'a'.repeat(3_000)}`, []],
  ['what?! https://example.org/?a=b!', ['https://example.org/?a=b']],
])('finds the links of %j', (text, links) => {
  expect(linksInText(text)).toEqual(links);
});
