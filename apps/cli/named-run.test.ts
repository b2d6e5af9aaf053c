import { expect, test } from 'vitest';
import { atLeast, atMost, figureTable, median, percentile, told } from './figures.ts';
import { performRun, type RunTable } from './named-run.ts';

const table: RunTable = {
  good: { help: 'Holds.', options: { count: 3 }, run: async ({ count }) => [atLeast('count', count ?? 0, 3)] },
  empty: { help: 'Measures nothing.', options: {}, run: async () => [] },
};

async function outcome(...args: string[]) {
  let printed = '';
  const ok = await performRun('torture', table, args, (text) => {
    printed += text;
  });
  return { ok, printed };
}

test('a run whose figures hold is a pass, with its defaults or with given options', async () => {
  expect((await outcome('good')).ok).toBe(true);
  expect((await outcome('good', '--count', '4')).printed).toContain('4  ≥ 3  ok');
});

test('a run that falls short, or that measured nothing, fails', async () => {
  expect(await outcome('good', '--count', '2')).toEqual({ ok: false, printed: expect.stringContaining('SHORT') });
  expect((await outcome('empty')).ok).toBe(false);
});

test.each([
  ['no name', [], 'Say which run'],
  ['an unknown name', ['bad'], 'no run named “bad”'],
  ['a name that every object has', ['toString'], 'no run named'],
  ['an unknown option', ['good', '--speed', '3'], '--speed'],
  ['an option that is no number', ['good', '--count', 'many'], 'whole number'],
])('%s is told with what there is', async (_, args, sentence) => {
  const { ok, printed } = await outcome(...args);
  expect(ok).toBe(false);
  expect(printed).toContain(sentence);
  expect(printed).toContain('Holds.');
});

test('figures say what they are held against', () => {
  const text = figureTable([atMost('wait', 12.345, 10, 'ms'), told('users', 1_000)]);
  expect(text).toBe('  wait   12.3 ms  ≤ 10 ms  SHORT\n  users    1,000\n');
});

test('percentiles are samples', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  expect(median([5, 1, 4, 2, 3])).toBe(3);
  expect(percentile([], 0.5)).toBe(0);
});
