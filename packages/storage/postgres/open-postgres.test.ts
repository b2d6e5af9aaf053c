import { startPostgres } from '@confab/testing/postgres';
import { afterAll, beforeAll } from 'vitest';
import { describeDatabase, migrations, scripts } from '../testing/index.ts';
import { openPostgres } from './index.ts';

let postgres: Awaited<ReturnType<typeof startPostgres>>;
let template: string;

beforeAll(async () => {
  postgres = await startPostgres();
  template = await postgres.newDatabase();
  await (await openPostgres({ url: template, scripts, migrations })).close();
});
afterAll(() => postgres.remove());

describeDatabase('PostgreSQL', {
  lasting: true,
  async newPlace() {
    const url = await postgres.newDatabase(template);
    return {
      open: (limits) => openPostgres({ url, scripts, migrations, ...(limits ? { limits } : {}) }),
      remove: () => postgres.dropDatabase(url),
    };
  },
});
