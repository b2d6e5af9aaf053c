import { openPostgres } from '@confab/storage/postgres';
import { startPostgres } from '@confab/testing/postgres';
import { migrations } from '../migrations.ts';

/** Starts one PostgreSQL for all suites of the domain, with a database to make theirs from. */
export default async function setUp(): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ fsync: false });
  const template = await postgres.newDatabase();
  await (await openPostgres({ url: template, scripts: {}, migrations })).close();
  process.env.CONFAB_TEST_STORE_URL = postgres.url;
  process.env.CONFAB_TEST_STORE_TEMPLATE = template;
  return () => postgres.remove();
}
