import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L4] [L7] everyone comes back at once after a kill and has exactly what was missed', async () => {
  const figures = await run({ clients: 400, missed: 20 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 180_000);
