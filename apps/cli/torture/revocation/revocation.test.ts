import { expect, test } from 'vitest';
import { run } from './index.ts';

test('[H8] [L10] whoever loses a right is told nothing more, over every door of every node', async () => {
  const figures = await run({ nodes: 2, down: 0, ways: 4 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 720_000);
