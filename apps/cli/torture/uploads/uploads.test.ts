import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[I2] [I8] every file arrives as it was sent though its line is cut and the server killed, and nothing is left over', async () => {
  const figures = await run({ uploads: 12, kills: 3, kilobytes: 1_024, atOnce: 4, cuts: 2 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 540_000);
