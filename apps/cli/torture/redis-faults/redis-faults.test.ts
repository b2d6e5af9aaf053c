import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L7] nothing is lost, doubled or out of order when Redis is killed, stands still, is cut off or forgets', async () => {
  const figures = await run({ nodes: 2, rooms: 3, perSecond: 20, paused: 3, quiet: 6 });
  // Within which time is for the full run: a unit test asserts none.
  expect(figures.filter(({ ok, name }) => !ok && !name.includes('delivery'))).toEqual([]);
}, 720_000);
