import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@confab/testing/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseUnavailable, type Step, sql } from '../database.ts';
import { openPostgres } from '../postgres/index.ts';
import { killedAtEachStep, runKilled } from '../testing/run-killed.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { backUp, demote, promote, restore } from './index.ts';
import { requireSqliteHere } from './moved-note.ts';
import { lockCopy } from './postgres-arrival.ts';
import { requireMarkedHere } from './postgres-mark.ts';
import { nameOfPostgres, withPostgres } from './postgres-session.ts';
import { everythingIn, fillPeople, peopleHistory } from './testing/people-history.ts';

let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  postgres = await startPostgres({ fsync: false });
});
afterAll(() => postgres.remove());

let folder: string;
let data: string;
beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder, 'confab.db');
  fillPeople(data);
});

const progress = (): void => undefined;
const options = { migrations: peopleHistory, changes: [], setAside: 'before', progress };
const saving = { migrations: peopleHistory, version: '1', now: 0, facts: {}, progress };
const sentence = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it went well',
    (error: Error) => error.message,
  );

describe('between SQLite and PostgreSQL', () => {
  test('every row comes over exactly, and back', async () => {
    const [url, before] = [await postgres.newDatabase(), everythingIn(data)];
    const there = await promote(data, url, options);
    const saved = await backUp({ url }, join(folder, 'backup'), saving);
    expect(saved.from).toBe('PostgreSQL');
    expect(saved.holdings).toEqual(there);
    expect(everythingIn(join(folder, 'backup'))).toEqual(before);
    const elsewhere = join(folder, 'elsewhere', 'confab.db');
    expect(await demote(url, elsewhere, options)).toEqual(there);
    expect(everythingIn(elsewhere)).toEqual(before);
  });

  test('a backup of either is restored into PostgreSQL, with what refers to what', async () => {
    await backUp({ file: data }, join(folder, 'backup'), saving);
    const url = await postgres.newDatabase();
    const change = { sql: 'UPDATE people SET age = ? WHERE name = ?', params: [7, 'ada'] };
    await restore(join(folder, 'backup'), { url }, { ...options, changes: [change] });
    const [ada] = await postgres.query<{ age: string }>("SELECT age FROM people WHERE name = 'ada'", url);
    expect(Number(ada?.age)).toBe(7);
    await expect(postgres.query("INSERT INTO people (name, friend) VALUES ('eve', 'nobody')", url)).rejects.toThrow(
      'foreign key',
    );
    await (await openPostgres({ url, scripts: {}, migrations: peopleHistory })).close();
  });

  test('a backup is of one moment while others write', async () => {
    const url = await postgres.newDatabase();
    await promote(data, url, options);
    const before = everythingIn(data);
    const written: Promise<unknown>[] = [];
    const writing = (): void => {
      const name = `late ${written.length}`;
      written.push(postgres.query(`INSERT INTO people (name) VALUES ('${name}')`, url));
      written.push(
        postgres.query(`INSERT INTO letters (author, number, text) VALUES ('ada', ${-written.length}, '')`, url),
      );
    };
    await backUp({ url }, join(folder, 'backup'), { ...saving, progress: writing });
    await Promise.all(written);
    expect(written.length).toBeGreaterThan(4);
    expect(everythingIn(join(folder, 'backup'))).toEqual(before);
  });

  test('what is copied goes to an empty database only, and is not told from half a copy', async () => {
    const url = await postgres.newDatabase();
    await postgres.query('CREATE TABLE of_others (id INTEGER)', url);
    expect(await sentence(promote(data, url, options))).toContain('is not empty: it has a table of_others');
    expect(() => requireSqliteHere(data)).not.toThrow();
    const unknown = url.replace(/confab_test_\w+$/, 'not_there');
    const [said, password] = [await sentence(promote(data, unknown, options)), new URL(url).password];
    expect(said).toContain('has no database not_there');
    expect(said).not.toContain(password);
    expect(() => requireSqliteHere(data)).not.toThrow();
  });

  test('a copy that fails is undone on both sides', async () => {
    const url = await postgres.newDatabase();
    const failing = (): void => {
      throw new Error('broken off');
    };
    expect(await sentence(promote(data, url, { ...options, progress: failing }))).toBe('broken off');
    expect(() => requireSqliteHere(data)).not.toThrow();
    expect(await postgres.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", url)).toEqual([]);
    await promote(data, url, options);
    const back = join(folder, 'back', 'confab.db');
    expect(await sentence(demote(url, back, { ...options, progress: failing }))).toBe('broken off');
    await requirePostgresHere(url);
    expect(readdirSync(join(folder, 'back'))).toEqual(['confab.db.lock']);
  });

  test('what was moved away is not served from where it was', async () => {
    const url = await postgres.newDatabase();
    await promote(data, url, options);
    expect(() => requireSqliteHere(data)).toThrow(/was moved to confab_test_\w+ at 127\.0\.0\.1:\d+/);
    expect(await sentence(backUp({ file: data }, join(folder, 'stale'), saving))).toContain('was moved to');
    expect(await promote(data, url, options)).toBeUndefined();
    await demote(url, data, options);
    expect(() => requireSqliteHere(data)).not.toThrow();
    expect(everythingIn(data)).toEqual(everythingIn(`${data}.before`));
    expect(await sentence(requirePostgresHere(url))).toContain(`was moved to ${data}`);
    expect(await sentence(backUp({ url }, join(folder, 'stale'), saving))).toContain('was moved to');
  });

  test('a database that a node uses is not moved', async () => {
    const url = await postgres.newDatabase();
    await promote(data, url, options);
    const node = await openPostgres({ url, scripts: {}, migrations: peopleHistory });
    const inUse = 'is in use. Stop all servers';
    expect(await sentence(demote(url, join(folder, 'back', 'confab.db'), options))).toContain(inUse);
    await node.close();
  });

  test('a node whose connections were cut while its database was moved away writes nothing there any more', async () => {
    const url = await postgres.newDatabase();
    await promote(data, url, options);
    const scripts = {
      *age(): Step<number> {
        return yield* sql.run('UPDATE people SET age = 7');
      },
    };
    const node = await openPostgres({ url, scripts, migrations: peopleHistory, limits: { waitMs: 500 } });
    expect(await node.write('age', null)).toBeGreaterThan(0);
    await postgres.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      url,
    );
    await demote(url, join(folder, 'back', 'confab.db'), options);
    await expect(node.write('age', null)).rejects.toBeInstanceOf(DatabaseUnavailable);
    await node.close();
  });

  test('a node does not start on a database that is just being moved or filled', async () => {
    const url = await postgres.newDatabase();
    await promote(data, url, options);
    await withPostgres(url, async (connection) => {
      await lockCopy(connection, nameOfPostgres(url));
      const start = openPostgres({ url, scripts: {}, migrations: peopleHistory });
      expect(await sentence(start)).toContain('is being moved or restored');
    });
    await (await openPostgres({ url, scripts: {}, migrations: peopleHistory })).close();
  });
});

const requirePostgresHere = (url: string): Promise<void> =>
  withPostgres(url, (connection) => requireMarkedHere(connection, nameOfPostgres(url)));

/** Where a server would start: a file or a database that holds something, and says nothing against it. */
async function usable(file: string, url: string): Promise<string[]> {
  const found = [];
  try {
    requireSqliteHere(file);
    if (existsSync(file)) found.push('SQLite');
  } catch {
    // It says why not.
  }
  try {
    await requirePostgresHere(url);
    const made = await postgres.query("SELECT 1 FROM pg_tables WHERE tablename = 'schema_versions'", url);
    if (made.length > 0) found.push('PostgreSQL');
  } catch {
    // As above.
  }
  return found;
}

const program = new URL('./testing/moving-process.ts', import.meta.url);

describe('killed at any step', () => {
  test('a restore into PostgreSQL leaves all of it, or nothing that a server starts on', async () => {
    fillPeople(join(folder, 'small.db'), 20);
    const backup = join(folder, 'backup');
    await backUp({ file: join(folder, 'small.db') }, backup, saving);
    const steps = await killedAtEachStep(async (step) => {
      const url = await postgres.newDatabase();
      const end = await runKilled(program, step, ['restore', backup, url]);
      if ((await usable('', url)).length === 0) await restore(backup, { url }, options);
      const check = await backUp({ url }, join(folder, `check-${step}`), saving);
      expect(check.holdings.rows).toBe(24);
      await postgres.dropDatabase(url);
      return end;
    });
    expect(steps).toBeGreaterThan(30);
  }, 720_000);

  test('a move up never leaves two places to start from, and is made whole by the next attempt', async () => {
    const steps = await killedAtEachStep(async (step) => {
      const file = join(folder, `step-${step}`, 'confab.db');
      const url = await postgres.newDatabase();
      await restoreInto(file);
      const end = await runKilled(program, step, ['promote', file, url]);
      expect((await usable(file, url)).length, `step ${step}`).toBeLessThanOrEqual(1);
      await promote(file, url, options);
      expect(await usable(file, url)).toEqual(['PostgreSQL']);
      const check = await backUp({ url }, `${file}.check`, saving);
      expect(check.holdings.rows).toBe(24);
      await postgres.dropDatabase(url);
      return end;
    });
    expect(steps).toBeGreaterThan(40);
  }, 720_000);

  test('a move back never leaves two places to start from, and is made whole by the next attempt', async () => {
    const moved = join(folder, 'moved', 'confab.db');
    await restoreInto(moved);
    const template = await postgres.newDatabase();
    await promote(moved, template, options);
    const steps = await killedAtEachStep(async (step) => {
      const file = join(folder, `back-${step}`, 'confab.db');
      const url = await postgres.newDatabase(template);
      const end = await runKilled(program, step, ['demote', url, file]);
      const places = await usable(file, url);
      expect(places.length, `step ${step}`).toBeLessThanOrEqual(1);
      if (!places.includes('SQLite')) await demote(url, file, options);
      expect(await usable(file, url)).toEqual(['SQLite']);
      expect(everythingIn(file)).toEqual(everythingIn(moved));
      await postgres.dropDatabase(url);
      return end;
    });
    expect(steps).toBeGreaterThan(40);
  }, 720_000);
});

/** A small data file. */
async function restoreInto(file: string): Promise<void> {
  const small = join(folder, 'small.db');
  if (!existsSync(small)) {
    fillPeople(small, 20);
    await backUp({ file: small }, `${small}.backup`, saving);
  }
  await restore(`${small}.backup`, { file }, options);
}
