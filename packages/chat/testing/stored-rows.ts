import { type Scripts, type Step, sql } from '@confab/storage';
import { migrations } from '../migrations.ts';

/** All tables of the schema, those that others refer to first. */
const tables: readonly string[] = migrations
  .flatMap((migration) => migration.sql)
  .flatMap((statement) => (typeof statement === 'string' ? (/^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []) : []));

/** Every value of every row, as text: what a thief of the database would read. */
function* everything(): Step<string> {
  const rows: unknown[] = [];
  // Places in the search index are numbers too large for JavaScript; its words are what could tell something.
  const columns = (table: string) => (table === 'search_words' ? 'words' : '*');
  for (const table of tables) rows.push(yield* sql.all(`SELECT ${columns(table)} FROM ${table}`));
  return JSON.stringify(rows);
}

/** Empties all tables, so that a database serves one test after the other. */
function* forgetEverything(): Step<void> {
  for (const table of tables.toReversed()) yield* sql.run(`DELETE FROM ${table}`);
}

/** Blocks that many strangers in somebody's name. */
function* manyBlocks({ user, count }: { user: string; count: number }): Step<void> {
  for (let index = 0; index < count; index += 1) {
    const stranger = `stranger-${index}`;
    yield* sql.run(
      "INSERT INTO users (id, handle, name, password_hash, created_at) VALUES (?, ?, 'S', '', 0)",
      stranger,
      stranger,
    );
    yield* sql.run('INSERT INTO blocks (user_id, blocked, at) VALUES (?, ?, 0)', user, stranger);
  }
}

/** As a database is after the migration that brings the search. */
function* forgetIndex(): Step<void> {
  yield* sql.run('DELETE FROM search_words');
  yield* due({ kind: 'search-index', data: '{}' });
}

/** Has a job done that others schedule by chance. */
function* due({ kind, data }: { kind: string; data: string }): Step<void> {
  yield* sql.run(
    "INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease) VALUES (?, 'all', 'search', 0, ?, 0, '')",
    kind,
    data,
  );
}

export const storedRows: Scripts = {
  'testing.many-blocks': manyBlocks,
  'testing.forget-index': forgetIndex,
  'testing.due': due,
  'testing.everything': everything,
  'testing.forget-everything': forgetEverything,
};
