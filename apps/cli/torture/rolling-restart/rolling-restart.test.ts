import { expect, test } from 'vitest';
import { run } from './index.ts';

// Behind HAProxy as well in the full run.
test('[H6] [L7] behind nginx every node is restarted in turn, no send fails and nothing is lost', async () => {
  const figures = await run({ clients: 30, perSecond: 20, rooms: 6, proxy: 1, quiet: 1 });
  // How long anything took is for the full run: a unit test asserts no time.
  expect(figures.filter(({ ok, name }) => !ok && !/gap of|goodbye/.test(name))).toEqual([]);
}, 720_000);
