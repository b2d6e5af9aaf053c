import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[X2] whatever comes to any door, the server lives and nobody else is disturbed', async () => {
  const figures = await run({ frames: 2_000, seed: 1, door: 0, settle: 0 });
  // How much memory grows shows only after a longer warm-up than a unit test has.
  expect(figures.filter(({ ok, name }) => !ok && !name.includes('memory'))).toEqual([]);
}, 360_000);
