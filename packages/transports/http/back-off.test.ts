import { describe, expect, it } from 'vitest';
import { nodeLoad, pollAfterMs } from './back-off.ts';

const bounds = { minMs: 1_000, maxMs: 30_000 };

describe('[D5] how long a poller should wait', () => {
  it.each([
    ['just after something happened', 0, 0, 0.5, 1_000],
    ['a minute later', 60_000, 0, 0.5, 6_000],
    ['a day later', 86_400_000, 0, 0.5, 30_000],
    ['on a node that is busy as usual', 60_000, 0.7, 0.5, 6_000],
    ['on a node that is busier', 60_000, 0.85, 0.5, 15_000],
    ['on a node that can do no more', 60_000, 1, 0.5, 24_000],
    ['at the earliest', 60_000, 0, 0, 4_800],
    ['at the latest', 60_000, 0, 1, 7_200],
    ['by a clock that stepped back', -60_000, 0, 0.5, 1_000],
  ])('%s', (_, idleMs, load, fraction, ms) => {
    expect(pollAfterMs(bounds, idleMs, load, fraction)).toBe(ms);
  });
});

it('a node is busy between not at all and wholly', () => {
  const load = nodeLoad();
  expect(load()).toBeGreaterThanOrEqual(0);
  expect(load()).toBeLessThanOrEqual(1);
});
