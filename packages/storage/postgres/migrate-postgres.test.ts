import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { DatabaseRefused, type Migration } from '../database.ts';
import { longHistory, longHistorySteps } from '../testing/long-history.ts';
import { usePostgres } from '../testing/postgres-place.ts';

const place = usePostgres();

const people: Migration = {
  version: 1,
  name: 'people',
  sql: ['CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT)'],
};

async function versions(url: string): Promise<number[]> {
  const rows = await place.server.query<{ version: string }>(
    'SELECT version FROM schema_versions ORDER BY version',
    url,
  );
  return rows.map(({ version }) => Number(version));
}

test('a step that fails is undone whole, and those before it stay', async () => {
  const url = await place.server.newDatabase();
  const failing: Migration = { version: 2, name: 'failing', sql: ['CREATE TABLE half (id BIGINT)', 'NONSENSE'] };
  await expect(place.open(url, { migrations: [people, failing] })).rejects.toThrow('syntax error');
  expect(await versions(url)).toEqual([1]);
  const mended: Migration = { ...failing, sql: ['CREATE TABLE half (id BIGINT)'] };
  await place.open(url, { migrations: [people, mended] });
  expect(await versions(url)).toEqual([1, 2]);
});

test('a newer and a changed history are refused, by the names of the database and the step', async () => {
  const url = await place.server.newDatabase();
  const pets: Migration = { version: 2, name: 'pets', sql: ['CREATE TABLE pets (id BIGINT)'] };
  await place.open(url, { migrations: [people, pets] });
  const name = new URL(url).pathname.slice(1);
  const newer = await place.open(url, { migrations: [people] }).catch((error: unknown) => error);
  expect(newer).toBeInstanceOf(DatabaseRefused);
  expect(newer).toMatchObject({ reason: 'newer', message: expect.stringContaining(`${name} at 127.0.0.1`) });
  const changed = await place
    .open(url, { migrations: [people, { ...pets, sql: [] }] })
    .catch((error: unknown) => error);
  expect(changed).toMatchObject({ reason: 'changed', message: expect.stringContaining('(pets)') });
});

test('texts are ordered by their bytes, whatever the order of the database', async () => {
  const url = await place.server.newDatabase();
  await place.open(url, { migrations: [people] });
  await place.server.query(`INSERT INTO people VALUES (1, 'b'), (2, 'A'), (3, 'ä'), (4, 'a'), (5, 'B')`, url);
  const ordered = await place.server.query<{ name: string }>('SELECT name FROM people ORDER BY name', url);
  expect(ordered.map(({ name }) => name)).toEqual(['A', 'B', 'a', 'b', 'ä']);
});

test('nodes that start together do each step once, and all of them go on', async () => {
  const url = await place.server.newDatabase();
  const nodes = await Promise.all([1, 2, 3, 4].map(() => place.open(url, { migrations: longHistory.slice(0, 20) })));
  expect(nodes).toHaveLength(4);
  expect(await versions(url)).toEqual(longHistory.slice(0, 20).map(({ version }) => version));
});

/** The step that the database stands at; throws if its parts disagree. */
async function stepOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const names: string[] = tables.rows.map(({ name }) => name);
    if (!names.includes('schema_versions')) return 0;
    const { rows } = await client.query('SELECT coalesce(max(version), 0)::int AS step FROM schema_versions');
    const step: number = rows[0].step;
    expect(names.filter((name) => name.startsWith('step_'))).toHaveLength(step);
    if (step === 0) return 0;
    expect((await client.query('SELECT step::int FROM progress')).rows).toEqual([{ step }]);
    expect((await client.query(`SELECT count(*)::int AS count FROM step_${step}`)).rows).toEqual([{ count: 500 }]);
    return step;
  } finally {
    await client.end();
  }
}

/** Waits until the database was brought to `step`, or the process ended. */
async function reached(child: ChildProcess, client: Client, step: number): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const known = await client.query("SELECT to_regclass('schema_versions') IS NOT NULL AS known");
    if (known.rows[0].known) {
      const { rows } = await client.query('SELECT coalesce(max(version), 0)::int AS step FROM schema_versions');
      if (rows[0].step >= step) return;
    }
  }
}

test('a process killed at any step leaves the database at a step, never between, and the next one goes on', async () => {
  const url = await place.server.newDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const program = new URL('../testing/migrating-process.ts', import.meta.url);
  let step = 0;
  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, [program.pathname, url], { stdio: 'inherit' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exit = once(child, 'exit');
    await reached(child, client, round === 0 ? 0 : step + 1 + (round % 5));
    child.kill('SIGKILL');
    // Had it finished by itself, the kill would have proved nothing.
    expect((await exit)[1]).toBe('SIGKILL');
    const now = await stepOf(url);
    expect(now).toBeGreaterThanOrEqual(step);
    step = now;
  }
  expect(step).toBeGreaterThan(10);
  expect(step).toBeLessThan(longHistorySteps);
  await place.open(url, { migrations: longHistory });
  expect(await stepOf(url)).toBe(longHistorySteps);
}, 360_000);
