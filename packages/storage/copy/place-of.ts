import { existsSync } from 'node:fs';
import { CopyRefused } from './copy-refused.ts';
import { requireSqliteHere } from './moved-note.ts';
import type { RowSource } from './place.ts';
import { requireMarkedHere } from './postgres-mark.ts';
import { PostgresRows } from './postgres-rows.ts';
import { nameOfPostgres, withPostgres } from './postgres-session.ts';
import { SqliteSource } from './sqlite-source.ts';

/** Where a database is: a SQLite file by its path, or a PostgreSQL by its URL. */
export type DatabasePlace = { readonly file: string } | { readonly url: string };

/** What a place is called in sentences: never with a password. */
export function nameOf(place: DatabasePlace): string {
  return 'file' in place ? place.file : nameOfPostgres(place.url);
}

/**
 * Reads from a database as it is in one moment, while others write to it.
 * @throws `DatabaseRefused` when it does not hold what counts, `CopyRefused` when there is none, and what `use` throws.
 */
export function withSource<T>(place: DatabasePlace, use: (source: RowSource) => Promise<T>): Promise<T> {
  return 'file' in place ? withSqliteSource(place.file, use) : withPostgresSource(place.url, use);
}

async function withSqliteSource<T>(file: string, use: (source: RowSource) => Promise<T>): Promise<T> {
  requireSqliteHere(file);
  if (!existsSync(file)) throw new CopyRefused(`There is no database ${file}.`);
  const source = SqliteSource.open(file);
  try {
    return await use(source);
  } finally {
    source.close();
  }
}

function withPostgresSource<T>(url: string, use: (source: RowSource) => Promise<T>): Promise<T> {
  const name = nameOfPostgres(url);
  return withPostgres(url, async (connection) => {
    await requireMarkedHere(connection, name);
    await connection.command('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const value = await use(new PostgresRows(connection, name));
    await connection.command('COMMIT');
    return value;
  });
}
