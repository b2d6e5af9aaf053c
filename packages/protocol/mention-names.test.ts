import { describe, expect, test } from 'vitest';
import { mentionsInText, namedInText } from './mention-names.ts';

const named: readonly (readonly [text: string, handles: string[], all: 'room' | 'here' | null])[] = [
  ['@mia', ['mia'], null],
  ['hi @mia, @ben. And @mia!', ['mia', 'ben'], null],
  ['(@mia) "@ben" *@eve*', ['mia', 'ben', 'eve'], null],
  ['@MIA and @a.b-c_d', ['mia', 'a.b-c_d'], null],
  ['write to ada@mia.org or ada.@mia', [], null],
  ['/@mia x@mia é@mia @@mia -@mia', [], null],
  ['@ mia @-mia @.', [], null],
  ['@mia... @ben-', ['mia', 'ben'], null],
  ['`@mia` and ``@ben ` @eve`` @leo', ['leo'], null],
  ['an ` alone @mia', ['mia'], null],
  ['```\n@mia\n```\n@ben', ['ben'], null],
  ['```js @x\n@mia', [], null],
  ['~~~\n@mia\n```\n@ben\n~~~\n@eve', ['eve'], null],
  ['```one line``` @mia', ['mia'], null],
  ['@room', [], 'room'],
  ['@here, @all and @mia', ['mia'], 'room'],
  ['@everyone', [], 'room'],
  ['@channel', [], 'room'],
  ['@here', [], 'here'],
  ['@hereafter', ['hereafter'], null],
];

describe('whom a text names', () => {
  test.each(named)('%j', (text, handles, all) => {
    expect(namedInText(text)).toEqual({ handles, all });
  });

  test('is found in a time that does not grow with what it is made of', () => {
    for (const piece of ['`', '``` ', '@', '@a', '`a``', '~~~\n', '.@', '@a.']) {
      expect(namedInText(piece.repeat(20_000 / piece.length)).handles.length).toBeLessThan(2);
    }
  });

  test('says where each stands', () => {
    expect(mentionsInText('hi @Mia-, @ben').map(({ name, from, to }) => [name, from, to])).toEqual([
      ['mia', 3, 7],
      ['ben', 10, 14],
    ]);
  });
});
