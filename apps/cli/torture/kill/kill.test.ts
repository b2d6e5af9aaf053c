import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L2] [L3] nothing is lost, doubled or out of order when the server is killed while messages go in', async () => {
  const figures = await run({ kills: 5, messages: 300, clients: 3 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 60_000);
