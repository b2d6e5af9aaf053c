import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L6] [L7] [L13] after an absence everything that happened is seen, complete and in order', async () => {
  const figures = await run({ most: 2_000 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 180_000);
