import { expect, test } from 'vitest';
import { run } from './index.ts';

test('an invitation for one use is redeemed once, over whichever doors many try together', async () => {
  const figures = await run({ rounds: 20, people: 20, signUps: 1 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 180_000);
