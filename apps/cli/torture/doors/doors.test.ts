import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L2] [L7] clients of every kind see the same, once and in order, while the server is killed', async () => {
  const figures = await run({ kills: 2, messages: 30 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 360_000);
