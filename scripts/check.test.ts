import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSteps, type Step, steps } from './check.ts';

const good: Step = { name: 'good', command: ['node', '-e', ''] };
const bad: Step = { name: 'bad', command: ['node', '-e', 'process.stdout.write("what is wrong"); process.exit(3)'] };
const missing: Step = { name: 'missing', command: ['no-such-program-of-confab'] };

async function outcome(...list: Step[]) {
  let printed = '';
  const passed = await runSteps(list, (text) => {
    printed += text;
  });
  return { passed, printed };
}

test('all steps passing is a pass', async () => {
  expect((await outcome(good, good)).passed).toBe(true);
});

test('a failing step fails the check, says why, and the steps after it still run', async () => {
  const { passed, printed } = await outcome(bad, good);
  expect(passed).toBe(false);
  expect(printed).toMatch(/FAIL bad[\s\S]*what is wrong[\s\S]*ok {3}good/);
});

test('a program that is not there fails the check', async () => {
  expect((await outcome(missing)).passed).toBe(false);
});

test('every script of the check that the list names exists', () => {
  const scripts = steps.flatMap(({ command }) => command.filter((part) => part.startsWith('scripts/')));
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(readFileSync(join(import.meta.dirname, '..', script), 'utf8')).not.toBe('');
});
