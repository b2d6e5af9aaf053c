import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killedAtEachStep, runKilled } from '../testing/run-killed.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { backUp, restore } from './index.ts';
import { requireSqliteHere } from './moved-note.ts';
import { everythingIn, fillPeople, peopleHistory } from './testing/people-history.ts';

const program = new URL('./testing/moving-process.ts', import.meta.url);
const progress = (): void => undefined;

test('a restore that is killed at any step leaves all of it, or nothing that a server starts on', async () => {
  const folder = temporaryFolder();
  const [data, backup] = [join(folder, 'confab.db'), join(folder, 'backup')];
  fillPeople(data, 20);
  await backUp({ file: data }, backup, { migrations: peopleHistory, version: '1', now: 0, facts: {}, progress });
  const outcomes = { nothing: 0, unfinished: 0, whole: 0 };
  const steps = await killedAtEachStep(async (step) => {
    const target = join(folder, `step-${step}`, 'confab.db');
    const end = await runKilled(program, step, ['restore', backup, target]);
    if (existsSync(target)) {
      outcomes.whole += 1;
      expect(() => requireSqliteHere(target)).not.toThrow();
    } else {
      expect(end).toBe('killed');
      outcomes[existsSync(`${target}.unfinished`) ? 'unfinished' : 'nothing'] += 1;
      if (existsSync(`${target}.unfinished`)) expect(() => requireSqliteHere(target)).toThrow('has not ended');
      await restore(backup, { file: target }, { migrations: peopleHistory, changes: [], progress });
    }
    expect(everythingIn(target)).toEqual(everythingIn(data));
    return end;
  });
  expect(steps).toBeGreaterThan(30);
  expect(outcomes.unfinished).toBeGreaterThan(3);
  expect(outcomes.whole).toBeGreaterThan(0);
}, 360_000);
