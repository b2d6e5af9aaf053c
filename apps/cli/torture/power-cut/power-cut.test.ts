import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L3] a power cut at any of 100 moments loses nothing acknowledged, and the replay would notice if it did', async () => {
  const figures = await run({ points: 100, prove: true });
  expect(figures.points).toBe(100);
  expect(figures.disks).toBe(200);
  expect(figures.acknowledged).toBeGreaterThanOrEqual(100);
  expect(figures.losses).toBe(0);
  expect(figures.lossesWithoutSync).toBeGreaterThan(50);
}, 120_000);
