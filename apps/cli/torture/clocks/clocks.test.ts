import { expect, test } from 'vitest';
import { run } from './index.ts';

// They mostly wait, so they wait together.
test.concurrent.each([
  ['three days on', 1],
  ['three days back', 2],
  ['through the last second of 32 bits', 4],
])(
  '[L1] [L7] when the clock goes %s nobody is signed out, no timer stands still, nothing is lost',
  async (_, only) => {
    const figures = await run({ only, patient: 0 });
    expect(figures.filter(({ ok }) => !ok)).toEqual([]);
  },
  360_000,
);

test.concurrent('[H8] [L1] [L7] nodes whose clocks are apart by a day are one instance', async () => {
  const figures = await run({ only: 99, patient: 0 });
  // Within which time is for the full run: a unit test asserts none.
  expect(figures.filter(({ ok, name }) => !ok && !/gone everywhere|without Redis/.test(name))).toEqual([]);
}, 360_000);
