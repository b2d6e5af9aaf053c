import type { File, FileId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { arranged, frameOf, gridFrame, heightOf, isPicture } from './files-layout.ts';

const file = (more: Partial<File> = {}): File => ({
  id: 'f' as FileId,
  name: 'a',
  type: 'image/png',
  kind: 'picture',
  size: 1,
  previews: [180],
  ...more,
});

test.each([
  ['a large one fits in both ways', { width: 4_000, height: 3_000 }, { width: 480, height: 360 }],
  ['an upright one keeps its proportions', { width: 1_000, height: 2_000 }, { width: 180, height: 360 }],
  ['a small one is not made larger', { width: 200, height: 100 }, { width: 200, height: 100 }],
  ['a tiny one can still be pressed', { width: 16, height: 16 }, { width: 48, height: 48 }],
  ['a very long one can still be seen', { width: 8_000, height: 200 }, { width: 480, height: 48 }],
  ['one of which nothing is known yet has a place', {}, { width: 320, height: 240 }],
  [
    'a small video is made large enough for its controls',
    { kind: 'video', width: 160, height: 90 },
    { width: 480, height: 270 },
  ],
] as const)('%s', (_, more, frame) => {
  expect(frameOf(file(more))).toEqual(frame);
});

test('a grid is as high as its rows', () => {
  expect([2, 3, 4, 5, 10].map((count) => gridFrame(count).height)).toEqual([240, 320, 360, 360, 360]);
});

test('what there is no preview of, nor will be, is no picture', () => {
  const { previews: _, ...unread } = file();
  expect(isPicture(unread)).toBe(false);
  expect(isPicture({ ...unread, pending: true })).toBe(true);
  expect(isPicture(file())).toBe(true);
  expect(isPicture(file({ kind: 'pdf' }))).toBe(false);
});

test('pictures come first, then what moves, then the rest', () => {
  const pdf = file({ kind: 'pdf' });
  const [one, two] = [file(), file()];
  const film = file({ kind: 'video' });
  const { pictures, videos, rest, frames } = arranged([pdf, one, film, two]);
  expect([pictures, videos, rest]).toEqual([[one, two], [film], [pdf]]);
  expect(frames).toEqual([gridFrame(2), frameOf(film)]);
  expect(arranged([pdf]).frames).toEqual([]);
});

test('a short text takes fewer lines', () => {
  const text = (size: number) => heightOf(file({ kind: 'text', size }));
  expect(text(3)).toBeLessThan(text(20));
  expect(text(40)).toBe(text(1_000_000));
});

test('every kind has a height', () => {
  const kinds = ['sound', 'pdf', 'text', 'archive', 'other', 'picture'] as const;
  for (const kind of kinds) expect(heightOf(file({ kind }))).toBeGreaterThan(40);
});
