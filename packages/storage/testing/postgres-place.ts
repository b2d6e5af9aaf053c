import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Database } from '../database.ts';
import { openPostgres, type PostgresOptions } from '../postgres/index.ts';
import { migrations } from './migrations.ts';
import { scripts } from './scripts.ts';

/** A PostgreSQL for the tests of one file, and databases on it that have the tables of the suite. */
export interface PostgresPlace {
  readonly server: PrivatePostgres;
  newDatabase(): Promise<string>;
  /** Opens a database until the running test ends. */
  open(url: string, options?: Partial<PostgresOptions>): Promise<Database>;
}

export function usePostgres(): PostgresPlace {
  let server: PrivatePostgres | undefined;
  let template: string;
  const running = (): PrivatePostgres => {
    if (server === undefined) throw new Error('PostgreSQL was not started');
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres();
    template = await server.newDatabase();
    await (await openPostgres({ url: template, scripts, migrations })).close();
  });
  afterAll(() => server?.remove());
  return {
    get server() {
      return running();
    },
    newDatabase: () => running().newDatabase(template),
    async open(url, options) {
      const database = await openPostgres({ url, scripts, migrations, ...options });
      onTestFinished(() => database.close());
      return database;
    },
  };
}
