import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Migration } from '../database.ts';
import { longHistory, longHistorySteps } from '../testing/long-history.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { defaultLimits } from './limits.ts';
import { migrateSqlite } from './migrate-sqlite.ts';

const people: Migration = {
  version: 1,
  name: 'people',
  sql: [
    'CREATE TABLE people (id BIGINT PRIMARY KEY)',
    'CREATE TABLE pets (id BIGINT PRIMARY KEY, owner BIGINT NOT NULL REFERENCES people (id))',
    'INSERT INTO people VALUES (1)',
    'INSERT INTO pets VALUES (1, 1)',
  ],
};

function versions(file: string): unknown[] {
  const database = new DatabaseSync(file);
  try {
    return database
      .prepare('SELECT version FROM schema_versions ORDER BY version')
      .all()
      .map((row) => row.version);
  } finally {
    database.close();
  }
}

test('a step that fails is undone whole, and those before it stay', () => {
  const file = join(temporaryFolder(), 'confab.db');
  const failing: Migration = { version: 2, name: 'failing', sql: ['CREATE TABLE half (id BIGINT)', 'NONSENSE'] };
  expect(() => migrateSqlite(file, [people, failing], defaultLimits)).toThrow('syntax error');
  expect(versions(file)).toEqual([1]);
  const mended: Migration = { ...failing, sql: ['CREATE TABLE half (id BIGINT)'] };
  migrateSqlite(file, [people, mended], defaultLimits);
  expect(versions(file)).toEqual([1, 2]);
});

test('a table that others refer to can be built anew', () => {
  const file = join(temporaryFolder(), 'confab.db');
  const rebuilt: Migration = {
    version: 2,
    name: 'people with names',
    sql: [
      `CREATE TABLE people_new (id BIGINT PRIMARY KEY, name TEXT NOT NULL)`,
      `INSERT INTO people_new SELECT id, 'someone' FROM people`,
      'DROP TABLE people',
      'ALTER TABLE people_new RENAME TO people',
    ],
  };
  migrateSqlite(file, [people, rebuilt], defaultLimits);
  expect(versions(file)).toEqual([1, 2]);
});

test('a step that leaves a reference to nothing is undone', () => {
  const file = join(temporaryFolder(), 'confab.db');
  const orphaning: Migration = { version: 2, name: 'orphaning', sql: ['DELETE FROM people'] };
  expect(() => migrateSqlite(file, [people, orphaning], defaultLimits)).toThrow('breaks a foreign key of pets');
  expect(versions(file)).toEqual([1]);
});

/** The step that the database stands at; throws if its parts disagree. `undefined` before the first. */
function stepOf(database: DatabaseSync): number | undefined {
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
    .map((row) => row.name);
  if (!tables.includes('schema_versions')) return undefined;
  const { version } = database.prepare('SELECT max(version) AS version FROM schema_versions').get() ?? {};
  const step = Number(version ?? 0);
  expect(tables.filter((name) => String(name).startsWith('step_'))).toHaveLength(step);
  if (step === 0) return undefined;
  expect(
    database
      .prepare('SELECT step FROM progress')
      .all()
      .map((row) => row.step),
  ).toEqual([step]);
  expect(database.prepare(`SELECT count(*) AS count FROM step_${step}`).get()?.count).toBe(500);
  return step;
}

/** Waits until the file was brought to `step`, or the process ended. */
async function reached(child: ChildProcess, file: string, step: number): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (existsSync(file)) {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 1_000 });
      try {
        const row = database.prepare('SELECT max(version) AS version FROM schema_versions').get();
        if (Number(row?.version ?? 0) >= step) return;
      } catch {
        // Not a database yet, or no table in it.
        if (step === 0) return;
      } finally {
        database.close();
      }
    }
    await setImmediate();
  }
}

test('a process killed at any step leaves the database at a step, never between, and the next one goes on', async () => {
  const file = join(temporaryFolder(), 'confab.db');
  const program = new URL('../testing/migrating-process.ts', import.meta.url);
  let step = 0;
  for (let round = 0; round < 10; round++) {
    const child = spawn(process.execPath, [program.pathname, file], { stdio: 'inherit' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exit = once(child, 'exit');
    await reached(child, file, round === 0 ? 0 : step + 2 + (round % 5));
    child.kill('SIGKILL');
    // Had it finished by itself, the kill would have proved nothing.
    expect((await exit)[1]).toBe('SIGKILL');
    if (!existsSync(file)) continue;
    const database = new DatabaseSync(file);
    const now = stepOf(database) ?? 0;
    database.close();
    expect(now).toBeGreaterThanOrEqual(step);
    step = now;
  }
  expect(step).toBeGreaterThan(20);
  expect(step).toBeLessThan(longHistorySteps);
  migrateSqlite(file, longHistory, defaultLimits);
  const database = new DatabaseSync(file);
  expect(stepOf(database)).toBe(longHistorySteps);
  database.close();
}, 360_000);
