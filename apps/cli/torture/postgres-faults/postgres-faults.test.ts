import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L3] [L7] nothing is lost, doubled or out of order when PostgreSQL crashes, stands still or is restarted', async () => {
  const figures = await run({ nodes: 2, rooms: 2, perSecond: 20, paused: 4, quiet: 2, redis: 0 });
  // Within which time is for the full run: a unit test asserts none, but every node must have stored again.
  expect(figures.filter(({ ok, value }) => !ok && !/^\d/.test(value))).toEqual([]);
  expect(figures.filter(({ ok, name }) => !ok && !name.includes('stored again'))).toEqual([]);
}, 540_000);
