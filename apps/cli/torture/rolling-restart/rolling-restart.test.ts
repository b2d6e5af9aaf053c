import { expect, test } from 'vitest';
import { run } from './index.ts';

test.each([
  ['nginx', 1],
  ['HAProxy', 2],
])(
  '[H6] [L7] behind %s every node is restarted in turn, no send fails and nothing is lost',
  async (_, proxy) => {
    const figures = await run({ clients: 30, perSecond: 20, rooms: 6, proxy, quiet: 1 });
    // How long anything took is for the full run: a unit test asserts no time.
    expect(figures.filter(({ ok, name }) => !ok && !/gap of|goodbye/.test(name))).toEqual([]);
  },
  240_000,
);
