import { openSqlite } from '../sqlite/index.ts';
import { longHistory } from './long-history.ts';

/** A process that brings the file named by its argument through `longHistory`, to be killed on the way. */

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('the data file is missing');
const database = await openSqlite({
  file,
  scripts: new URL('./scripts.ts', import.meta.url),
  migrations: longHistory,
});
await database.close();
