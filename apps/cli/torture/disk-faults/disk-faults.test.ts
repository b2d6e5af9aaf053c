import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L3] when the disk fails or is full, nothing is acknowledged for it, and the same process goes on after', async () => {
  const figures = await run({ points: 16 });
  expect(figures.failedCalls).toBeGreaterThanOrEqual(12);
  expect(figures.refused).toBeGreaterThan(0);
  expect(figures.acknowledged).toBeGreaterThan(figures.refused);
  // Only root may mount the small disk.
  if (figures.fullDisk !== undefined) expect(figures.fullDisk.acknowledgedWithRoom).toBeGreaterThanOrEqual(100);
}, 120_000);
