import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[L1] [L3] a backup taken while serving holds what was acknowledged before, and a move to PostgreSQL and back loses nothing', async () => {
  const figures = await run({ backups: 3, clients: 2 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 540_000);
