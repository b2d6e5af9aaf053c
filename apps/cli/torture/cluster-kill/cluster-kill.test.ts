import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L2] [L7] nothing is lost, doubled or out of order when nodes are killed while messages go in', async () => {
  const figures = await run({ nodes: 2, kills: 3, messages: 200, doors: 0, redis: 1 });
  // How fast the others are is for the full run: a unit test asserts no time.
  expect(figures.filter(({ ok, name }) => !ok && !name.includes('p99'))).toEqual([]);
}, 540_000);
