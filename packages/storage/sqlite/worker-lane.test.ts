import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, DatabaseUnavailable } from '../database.ts';
import { migrations } from '../testing/migrations.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openSqlite } from './index.ts';

async function open(): Promise<Database> {
  const database = await openSqlite({
    file: join(temporaryFolder(), 'confab.db'),
    scripts: new URL('../testing/thread-ending-scripts.ts', import.meta.url),
    migrations,
  });
  onTestFinished(() => database.close());
  return database;
}

const entry = (id: number): { id: number; text: string } => ({ id, text: `entry ${id}` });

test('a writing thread that ends rejects its batch and is started anew for the next', async () => {
  const database = await open();
  await database.write('add', entry(1));
  const fallen = [database.write('add', entry(2)), database.write('endThread', { after: entry(3) })];
  for (const { status, reason } of (await Promise.allSettled(fallen)) as PromiseRejectedResult[]) {
    expect(status).toBe('rejected');
    expect(reason).toBeInstanceOf(DatabaseUnavailable);
  }
  await database.write('add', entry(4));
  expect(await database.read('ids', {})).toEqual([1, 4]);
});

test('a reading thread that ends is started anew, and the writer does not notice', async () => {
  const database = await open();
  const write = database.write('add', entry(1));
  await expect(database.read('endThread', {})).rejects.toBeInstanceOf(DatabaseUnavailable);
  await write;
  expect(await database.read('ids', {})).toEqual([1]);
});

test('a database whose thread has ended can be closed', async () => {
  const database = await open();
  await expect(database.write('endThread', { after: entry(1) })).rejects.toBeInstanceOf(DatabaseUnavailable);
  await database.close();
});
