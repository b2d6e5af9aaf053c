import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Database, DatabaseRefused } from '../database.ts';
import { describeDatabase, migrations } from '../testing/index.ts';
import { openSqlite, type SqliteOptions } from './index.ts';

const scripts = new URL('../testing/scripts.ts', import.meta.url);
const folders: string[] = [];
const databases: Database[] = [];

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'confab-sqlite-'));
  folders.push(folder);
  return join(folder, 'data', 'confab.db');
}

async function open(file: string, options?: Partial<SqliteOptions>): Promise<Database> {
  const database = await openSqlite({ file, scripts, migrations, ...options });
  databases.push(database);
  return database;
}

afterEach(async () => {
  for (const database of databases.splice(0)) await database.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

for (const readers of [1, 3]) {
  describeDatabase(`SQLite in threads, ${readers} to read`, {
    lasting: true,
    async newPlace() {
      const file = await newFile();
      return {
        open: (limits) => openSqlite({ file, scripts, migrations, readers, ...(limits ? { limits } : {}) }),
        remove: async () => {},
      };
    },
  });
}

test('a read is answered while a long write is at work', async () => {
  const database = await open(await newFile());
  let written = false;
  const write = database.write('addMany', { from: 1, count: 300_000, text: 'x' }).then(() => {
    written = true;
  });
  expect(await database.read('ids', {})).toEqual([]);
  expect(written).toBe(false);
  await write;
  expect(await database.read<number[]>('ids', {})).toHaveLength(300_000);
});

test('many reads over several threads are all answered', async () => {
  const database = await open(await newFile(), { readers: 2, limits: { maxBatchReads: 2 } });
  await database.write('add', { id: 1, text: 'one' });
  const answers = await Promise.all(Array.from({ length: 100 }, () => database.read('ids', {})));
  expect(answers.every((ids) => Array.isArray(ids) && ids.length === 1)).toBe(true);
});

test('the write-ahead log is copied back as it grows, and is gone after closing', async () => {
  const file = await newFile();
  const database = await open(file, { limits: { checkpointPages: 10 } });
  const before = (await stat(file)).size;
  for (let id = 1; id <= 60; id++) await database.write('add', { id, text: 'x'.repeat(3_000) });
  expect((await stat(file)).size).toBeGreaterThan(before + 100_000);
  expect((await stat(`${file}-wal`)).size).toBeLessThan(400_000);
  await database.close();
  await expect(stat(`${file}-wal`)).rejects.toThrow('ENOENT');
});

test('a second opening of the same file is refused, and the first goes on', async () => {
  const file = await newFile();
  const database = await open(file);
  const refusal = await open(file).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DatabaseRefused);
  expect(refusal).toMatchObject({ reason: 'in-use' });
  expect((refusal as Error).message).toContain(`${file} is in use by process ${process.pid}`);
  await database.write('add', { id: 1, text: 'one' });
  await database.close();
  expect(await (await open(file)).read('ids', {})).toEqual([1]);
});

test('an opening that failed lets go of the file', async () => {
  const file = await newFile();
  const broken = { version: 1, name: 'broken', sql: ['CREATE NONSENSE'] };
  await expect(open(file, { migrations: [broken] })).rejects.toThrow('syntax error');
  await expect(open(file, { scripts: new URL('file:///missing.ts') })).rejects.toThrow('missing.ts');
  await expect(open(file, { scripts: new URL('../index.ts', import.meta.url) })).rejects.toThrow('does not export');
  await (await open(file)).write('add', { id: 1, text: 'one' });
});
