import { expect, test } from 'vitest';
import { sizeProblems } from './check-sizes.ts';

const files = (...lines: number[]) => new Map(lines.map((count, index) => [`file-${index}.ts`, count]));

test('files within the bounds are fine', () => {
  expect(sizeProblems(files(100, 100, 100, 300, 20, 20, 20, 20, 20, 20, 500))).toEqual([]);
});

test('one file over the bound is named', () => {
  expect(sizeProblems(files(10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 501))).toEqual([
    'file-11.ts has 501 lines; at most 500',
  ]);
});

test('a tree of long files is refused though each is within the bound', () => {
  expect(sizeProblems(files(101, 101, 101))).toEqual([expect.stringContaining('half of the files')]);
  expect(sizeProblems(files(1, 1, 1, 301, 301))).toEqual([expect.stringContaining('nine tenths')]);
});
