import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L2] [L3] nothing is lost, doubled or out of order when the server is killed while messages go in', async () => {
  const figures = await run({ kills: 5, messages: 300, clients: 2, whole: 0 });
  // How fast it is back is for the full run: a unit test asserts no time.
  expect(figures.filter(({ ok, name }) => !ok && !name.startsWith('ready'))).toEqual([]);
}, 540_000);
