import { setPriority } from 'node:os';
import { longHistory } from './long-history.ts';

/** A process that brings the database named by its argument, a file or a URL, through `longHistory`, to be killed. */

const [place] = process.argv.slice(2);
if (place === undefined) throw new Error('the database is missing');
async function open(database: string) {
  if (database.startsWith('postgres:')) {
    const { openPostgres } = await import('../postgres/index.ts');
    return openPostgres({ url: database, scripts: {}, migrations: longHistory });
  }
  const { openSqlite } = await import('../sqlite/index.ts');
  const scripts = new URL('./scripts.ts', import.meta.url);
  return openSqlite({ file: database, scripts, migrations: longHistory });
}

// Whoever watches has to come to see a step before the last one is done, also on a machine that is busy.
setPriority(10);
await (await open(place)).close();
