import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[I1] a file from a browser comes through a proxy that takes small bodies, over a reload of the tab', async () => {
  const figures = await run({ megabytes: 48, bodyMegabytes: 4, perSecond: 16 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 360_000);
