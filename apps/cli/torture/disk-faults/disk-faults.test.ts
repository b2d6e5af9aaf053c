import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L3] when the disk fails or is full, nothing is acknowledged for it, and the same process goes on after', async () => {
  const figures = await run({ points: 16 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 360_000);
