import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PrivatePostgres, startPostgres } from './private-postgres.ts';

let postgres: PrivatePostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

test('databases are apart, and a copy holds what its template held', async () => {
  const [one, two] = [await postgres.newDatabase(), await postgres.newDatabase()];
  await postgres.query('CREATE TABLE things AS SELECT 7 AS id', one);
  await expect(postgres.query('SELECT id FROM things', two)).rejects.toThrow('does not exist');
  const copies = await Promise.all([postgres.newDatabase(one), postgres.newDatabase(one)]);
  for (const copy of copies) expect(await postgres.query('SELECT id FROM things', copy)).toEqual([{ id: 7 }]);
  await postgres.dropDatabase(two);
  await expect(postgres.query('SELECT 1', two)).rejects.toThrow('does not exist');
});

// A server that others look after is not ours to stop.
if (process.env.CONFAB_TEST_POSTGRES_URL === undefined) {
  test('it keeps what it stored over a crash', async () => {
    await postgres.query('CREATE TABLE kept AS SELECT 1 AS id');
    await postgres.stop('immediate');
    await expect(postgres.query('SELECT id FROM kept')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();
    expect(await postgres.query('SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('while it is paused it answers no one, and afterwards as before', async () => {
    postgres.pause();
    const client = new Client({ connectionString: postgres.url, connectionTimeoutMillis: 300 });
    await expect(client.connect()).rejects.toThrow('timeout');
    postgres.resume();
    expect(await postgres.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
}
