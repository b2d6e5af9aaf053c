import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[S1] [S2] readers that stop cost the server a bounded buffer and lose nothing', async () => {
  const figures = await run({ readers: 40, paused: 4, stretches: 1, seconds: 1, perSecond: 50 });
  // How fast the others are is for the full run: a unit test asserts no time.
  expect(figures.filter(({ ok, name }) => !ok && !name.includes('p99'))).toEqual([]);
}, 180_000);
