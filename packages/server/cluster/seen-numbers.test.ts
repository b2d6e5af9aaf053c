import { describe, expect, it } from 'vitest';
import { SeenNumbers } from './seen-numbers.ts';

describe('numbers that came', () => {
  it('are new once, in whatever order they come', () => {
    const seen = new SeenNumbers(64);
    const order = [1, 3, 2, 10, 4, 9];
    expect(order.map((number) => seen.take(number))).toEqual(order.map(() => true));
    expect(order.map((number) => seen.take(number))).toEqual(order.map(() => false));
  });

  it('count as seen when they are further behind than the window', () => {
    const seen = new SeenNumbers(64);
    seen.take(100);
    expect(seen.take(36)).toBe(false);
    expect(seen.take(37)).toBe(true);
    expect(seen.take(37)).toBe(false);
  });

  it('are forgotten with the window: places of numbers that never came are free again', () => {
    const seen = new SeenNumbers(64);
    for (let number = 1; number <= 1_000; number += 3) expect(seen.take(number)).toBe(true);
    expect(seen.take(999)).toBe(true);
    expect(seen.take(1_000)).toBe(false);
    seen.take(1_000_000);
    expect(seen.take(999_999)).toBe(true);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'are whole and begin at one: not %s',
    (number) => {
      const seen = new SeenNumbers(64);
      expect(seen.take(number)).toBe(false);
      expect(seen.take(1)).toBe(true);
    },
  );
});
