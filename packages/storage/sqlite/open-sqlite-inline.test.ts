import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDatabase, migrations, scripts } from '../testing/index.ts';
import { openSqliteInline } from './index.ts';

describeDatabase('SQLite in the calling thread, in memory', {
  lasting: false,
  newPlace: async () => ({
    open: (limits) => openSqliteInline({ file: ':memory:', scripts, migrations, ...(limits ? { limits } : {}) }),
    remove: async () => {},
  }),
});

describeDatabase('SQLite in the calling thread, in a file', {
  lasting: true,
  async newPlace() {
    const folder = await mkdtemp(join(tmpdir(), 'confab-sqlite-'));
    const file = join(folder, 'confab.db');
    return {
      open: (limits) => openSqliteInline({ file, scripts, migrations, ...(limits ? { limits } : {}) }),
      remove: () => rm(folder, { recursive: true }),
    };
  },
});

test('databases in memory have nothing in common', async () => {
  const one = await openSqliteInline({ file: ':memory:', scripts, migrations });
  const other = await openSqliteInline({ file: ':memory:', scripts, migrations });
  await one.write('add', { id: 1, text: 'one' });
  expect(await other.read('ids', {})).toEqual([]);
  await one.close();
  await other.close();
});
