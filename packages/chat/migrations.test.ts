import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp, CopyRefused, type DatabasePlace } from '@confab/storage/copy';
import { killedAtEachStep, runKilled } from '@confab/storage/testing/run-killed';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdingFacts } from './logs/copied-logs.ts';
import { migrations } from './migrations.ts';
import { type OldDatabases, oldPostgres, oldSqlite } from './testing/old-database.ts';

let folder: string;
let databases: OldDatabases;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'confab-migrations-'));
  databases = process.env.CONFAB_TEST_STORE === 'postgres' ? await oldPostgres() : oldSqlite(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface State {
  readonly version: number;
  readonly sha256: string;
  readonly indexes: readonly string[];
}

let looks = 0;

/**
 * The version that a database is at, with the hash of all its rows and the names of its indexes. Throws if its tables
 * or columns are not exactly those of that version.
 */
async function stateOf(place: DatabasePlace): Promise<State> {
  const options = { migrations, version: 'test', now: 0, progress: (): void => undefined };
  const found = await backUp(place, join(folder, `look-${++looks}`), { ...options, facts: {} }).catch(
    (error: unknown) => {
      // The very first statement was not reached.
      if (error instanceof CopyRefused && /There is (nothing of Confab|no database)/.test(error.message)) return;
      throw error;
    },
  );
  if (found === undefined) return { version: 0, sha256: '', indexes: [] };
  return { version: found.holdings.schema, sha256: found.holdings.sha256, indexes: await databases.indexes(place) };
}

test('every table can be copied, and what a backup tells can be asked of the newest schema', async () => {
  const place = await databases.at(migrations.length);
  const options = { migrations, version: 'test', now: 0, facts: holdingFacts, progress: (): void => undefined };
  const { facts, holdings } = await backUp(place, join(folder, 'newest'), options);
  expect(facts).toEqual({ accounts: 1, rooms: 1, messages: 1, logs: 1, events: 1 });
  const made = migrations.flatMap(({ sql }) => sql.join('\n').match(/^CREATE TABLE \w+/gm) ?? []);
  expect(holdings.tables.map(({ name }) => `CREATE TABLE ${name}`).sort()).toEqual(made.sort());
});

/**
 * In the usual run nothing yet, the last but one and the newest: every version has its turn as the last but one.
 * CONFAB_TEST_EVERY_STEP=1 tries them all.
 */
const startedFrom =
  process.env.CONFAB_TEST_EVERY_STEP === '1'
    ? [0, ...migrations.map(({ version }) => version)]
    : [0, migrations.length - 1, migrations.length];

test.each(startedFrom)(
  'an upgrade from version %i that is killed at any step leaves old or new, never between, and the next start ends it',
  async (from) => {
    const program = new URL('./testing/migrating-process.ts', import.meta.url);
    const expected = new Map<number, unknown>();
    // Where there was nothing there are no rows to go along.
    const compared = ({ sha256, ...state }: State): unknown => (from === 0 ? state : { ...state, sha256 });
    if (from === 0) expected.set(0, { version: 0, indexes: [] });
    for (let version = Math.max(from, 1); version <= migrations.length; version++) {
      expected.set(version, compared(await stateOf(await databases.untouched(version))));
    }
    const reached = new Set<number>();
    const steps = await killedAtEachStep(async (step) => {
      const place = await databases.at(from);
      const target = 'file' in place ? place.file : place.url;
      const end = await runKilled(program, step, [target]);
      const state = await stateOf(place);
      reached.add(state.version);
      expect(compared(state), `step ${step}`).toEqual(expected.get(state.version));
      await databases.upgrade(place);
      expect(compared(await stateOf(place))).toEqual(expected.get(migrations.length));
      await databases.drop(place);
      return end;
    });
    // It was killed often enough to have been caught at the old version and at the new one.
    expect(steps).toBeGreaterThan(8);
    expect(reached).toContain(from);
    expect(reached).toContain(migrations.length);
  },
  600_000,
);
