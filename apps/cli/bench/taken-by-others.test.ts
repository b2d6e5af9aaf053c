import { expect, test } from 'vitest';
import { takenByOthers, ticksOf } from './taken-by-others.ts';

test('the share that other machines took since it was asked first', () => {
  const stats = ['cpu  100 0 50 800 0 0 0 50 0 0\ncpu0 1 2', 'cpu  150 0 50 820 0 0 0 80 0 0\n'];
  const taken = takenByOthers(() => stats.shift() ?? '');
  expect(taken()).toBe(30);
});

test('a kernel that says nothing of it took nothing', () => {
  expect(ticksOf('')).toEqual({ all: 0, taken: 0 });
  expect(takenByOthers(() => '')()).toBe(0);
});
