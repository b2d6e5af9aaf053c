import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L3] a power cut at any of 100 moments loses nothing acknowledged, and the replay would notice if it did', async () => {
  const figures = await run({ points: 100 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
  expect(figures.map(({ name }) => name)).toContain('disks that lost one when no sync was done');
}, 360_000);
