import { openPostgres } from '../postgres/index.ts';
import { openSqlite } from '../sqlite/index.ts';
import { longHistory } from './long-history.ts';

/** A process that brings the database named by its argument, a file or a URL, through `longHistory`, to be killed on the way. */

const [place] = process.argv.slice(2);
if (place === undefined) throw new Error('the database is missing');
const database = place.startsWith('postgres:')
  ? await openPostgres({ url: place, scripts: {}, migrations: longHistory })
  : await openSqlite({
      file: place,
      scripts: new URL('./scripts.ts', import.meta.url),
      migrations: longHistory,
    });
await database.close();
