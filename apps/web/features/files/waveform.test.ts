import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barsOf, barsPath } from './waveform.ts';

test('of the points that fall on one bar the loudest is drawn', () => {
  expect(barsOf([10, 90, 20, 30], 2)).toEqual([90, 30]);
});

test('fewer points than bars are drawn several times', () => {
  expect(barsOf([20, 80], 4)).toEqual([20, 20, 80, 80]);
});

test('silence is a line', () => {
  expect(barsOf([0, 0], 2)).toEqual([8, 8]);
  expect(barsPath([0], 1)).toBe('M0.5 46V54');
});

test('there are as many bars as asked for, none higher than the box, and the loudest is among them', () => {
  const points = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 200 }), (given, count) => {
      const bars = barsOf(given, count);
      expect(bars).toHaveLength(count);
      expect(bars.every((bar) => bar >= 8 && bar <= 100)).toBe(true);
      if (count <= given.length) expect(Math.max(...bars)).toBe(Math.max(8, ...given));
    }),
  );
});
