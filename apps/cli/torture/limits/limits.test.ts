import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[F6] [H1] [X2] whatever goes over a bound is refused with its code', async () => {
  const figures = await run({ slow: 0, times: 1 });
  // How fast the others are is for the full run: a unit test asserts no time.
  expect(figures.filter(({ ok, name }) => !ok && !name.includes('p99'))).toEqual([]);
}, 180_000);
