import { expect, it } from 'vitest';
import { formatWait } from './format-wait.ts';

it('a wait is told in its largest unit, never too short', () => {
  const unit = (count: number, unit: string) =>
    new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  expect(formatWait(300)).toBe(unit(1, 'second'));
  expect(formatWait(59_001)).toBe(unit(60, 'second'));
  expect(formatWait(60_000)).toBe(unit(1, 'minute'));
  expect(formatWait(90_000)).toBe(unit(2, 'minute'));
  expect(formatWait(6 * 3_600_000)).toBe(unit(6, 'hour'));
});
