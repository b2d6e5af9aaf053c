import { expect, test } from 'vitest';
import { listChange } from './list-change.ts';

test('rows added below leave the beginning as it is', () => {
  expect(listChange(['a', 'b'], ['a', 'b', 'c'])).toBe('end');
});

test('rows added above keep the place from the end', () => {
  expect(listChange(['c', 'd'], ['a', 'b', 'c', 'd'])).toBe('start');
});

test('rows dropped above keep the place from the end', () => {
  expect(listChange(['a', 'b', 'c'], ['b', 'c', 'd'])).toBe('start');
});

test('another stretch is a new list', () => {
  expect(listChange(['a', 'b'], ['x', 'y'])).toBe('replaced');
  expect(listChange([], ['x'])).toBe('replaced');
});
