import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { DatabaseRefused, type Migration } from './database.ts';
import { type AppliedMigration, pendingMigrations } from './migrate.ts';

const history: readonly Migration[] = ['one', 'two', 'three'].map((name, index) => ({
  version: index + 1,
  name,
  sql: [`CREATE TABLE ${name} (id BIGINT)`],
}));

const applied = history.map(({ version, name, sql }): AppliedMigration => {
  return { version, name, checksum: createHash('sha256').update(JSON.stringify(sql)).digest('hex') };
});

function refusal(rows: readonly AppliedMigration[], migrations: readonly Migration[]): DatabaseRefused {
  try {
    pendingMigrations(rows, migrations, '/data/confab.db');
  } catch (error) {
    if (error instanceof DatabaseRefused) return error;
    throw error;
  }
  throw new Error('the database was not refused');
}

test('what was not applied yet is pending, in order', () => {
  expect(pendingMigrations([], history, 'x')).toEqual(history);
  expect(pendingMigrations(applied.slice(0, 1), history, 'x')).toEqual(history.slice(1));
  expect(pendingMigrations(applied, history, 'x')).toEqual([]);
});

test('a newer database is refused with both versions and what to do', () => {
  const { reason, message } = refusal(applied, history.slice(0, 2));
  expect(reason).toBe('newer');
  expect(message).toContain('/data/confab.db is at schema version 3 (three)');
  expect(message).toContain('knows versions up to 2');
  expect(message).toContain('restore a backup');
});

test('a step that was changed after it was applied is refused, and named', () => {
  const changed = history.map((each) =>
    each.version === 2 ? { ...each, sql: ['CREATE TABLE other (id BIGINT)'] } : each,
  );
  const { reason, message } = refusal(applied, changed);
  expect(reason).toBe('changed');
  expect(message).toContain('schema version 2 (two)');
});

test('a note that is missing among the others is refused', () => {
  expect(
    refusal(
      [applied[0], applied[2]].filter((row) => row !== undefined),
      history,
    ).reason,
  ).toBe('changed');
});

test('a list with a gap, or out of order, is a mistake', () => {
  expect(() => pendingMigrations([], history.slice(1), 'x')).toThrow('migration 1 is missing: 2 stands in its place');
  expect(() => pendingMigrations([], [...history].reverse(), 'x')).toThrow('migration 1 is missing: 3');
});
