import { type Sql, type Step, sql } from '@confab/storage';
import { type JobData, type JobHandler, scheduleJob } from '../jobs/index.ts';

/** Messages of one transaction. */
const perSlice = 2_000;

const waiting = `FROM search_words WHERE place > (SELECT place FROM search_mark) ORDER BY place LIMIT ${perSlice}`;

const inSqlite = (sqlite: string): Sql => ({ sqlite, postgres: 'SELECT 0 AS more' });

const fill = inSqlite(`INSERT INTO search_index (rowid, words) SELECT place, words ${waiting}`);
const move = inSqlite(
  `UPDATE search_mark SET place = COALESCE((SELECT MAX(place) FROM (SELECT place ${waiting})), place)`,
);
const begin = inSqlite(`INSERT INTO search_mark (id, place) SELECT 1, MAX(place) FROM search_words
  WHERE NOT EXISTS (SELECT 1 FROM search_mark) HAVING MAX(place) IS NOT NULL`);
const look = inSqlite(
  'SELECT EXISTS (SELECT 1 FROM search_words WHERE place > (SELECT place FROM search_mark)) AS more',
);

/**
 * PostgreSQL looks through the words that its index has not taken in with every search, and has whoever posts take
 * them in once they are many. What keeps its tables clean does it too, but not while much comes in.
 */
const takeIn: Sql = { sqlite: 'SELECT 0 AS pages', postgres: "SELECT gin_clean_pending_list('search_index') AS pages" };

/** Has PostgreSQL's index take in what waits. */
export function* takeInWaiting(): Step<void> {
  yield* sql.get(takeIn);
}

/** Puts the words of new messages into the index, many at once. Until then they are looked through one by one. */
export const indexFresh: JobHandler<JobData['search-fresh']> = {
  *run(tx, { subject }) {
    yield* takeInWaiting();
    yield* sql.run(fill);
    yield* sql.run(move);
    yield* sql.run(begin);
    if ((yield* sql.get<{ more: number }>(look))?.more !== 1) return;
    yield* scheduleJob(tx, { kind: 'search-fresh', subject, lane: subject, dueAt: tx.now, data: null });
  },
};
