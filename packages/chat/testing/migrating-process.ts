import { openSqliteInline } from '@confab/storage/sqlite';
import { killAtStep } from '@confab/storage/testing/kill-at-step';
import { migrations } from '../migrations.ts';

/** A process that brings the database of its second argument, a file or a URL, up to date, and is killed at a step. */

const [step, place = ''] = process.argv.slice(2);
async function open(database: string) {
  if (!database.startsWith('postgres:')) return openSqliteInline({ file: database, scripts: {}, migrations });
  const { openPostgres } = await import('@confab/storage/postgres');
  return openPostgres({ url: database, scripts: {}, migrations });
}

killAtStep(Number(step));
await (await open(place)).close();
