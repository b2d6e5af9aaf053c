import type { Database } from '@confab/storage';
import { openSqliteInline } from '@confab/storage/sqlite';
import { migrations } from '../migrations.ts';
import { LentDatabase } from './lent-database.ts';
import { testScripts } from './test-scripts.ts';

/**
 * An empty database of the kind that CONFAB_TEST_STORE names: `sqlite`, in memory, or `postgres`, on the server of
 * CONFAB_TEST_STORE_URL or a private one. Every suite of the domain runs on both (vitest.config.ts).
 */
export function openTestDatabase(): Promise<LentDatabase> {
  const store = process.env.CONFAB_TEST_STORE ?? 'sqlite';
  if (store === 'sqlite') return lendSqlite();
  if (store === 'postgres') return lendPostgres();
  throw new Error(`CONFAB_TEST_STORE is sqlite or postgres, not ${store}`);
}

async function lendSqlite(): Promise<LentDatabase> {
  const database = await openSqliteInline({ file: ':memory:', scripts: testScripts, migrations });
  return new LentDatabase(database, () => database.close());
}

/** Databases that no test uses now: making one takes a hundred times longer than emptying it. */
const unused: Database[] = [];
let server: Promise<{ newDatabase(template?: string): Promise<string> }> | undefined;

async function lendPostgres(): Promise<LentDatabase> {
  const database = unused.pop() ?? (await newPostgres());
  return new LentDatabase(database, async () => {
    await database.write('testing.forget-everything', null);
    unused.push(database);
  });
}

async function newPostgres(): Promise<Database> {
  const { openPostgres } = await import('@confab/storage/postgres');
  const { startPostgres } = await import('@confab/testing/postgres');
  const at = process.env.CONFAB_TEST_STORE_URL;
  server ??= startPostgres(at === undefined ? { fsync: false } : { at });
  const url = await (await server).newDatabase(process.env.CONFAB_TEST_STORE_TEMPLATE);
  return openPostgres({ url, scripts: testScripts, migrations });
}
