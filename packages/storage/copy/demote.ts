import type { Migration } from '../database.ts';
import type { PostgresConnection } from '../postgres/postgres-connection.ts';
import { copyRows, type Progress } from './copy-rows.ts';
import type { RowTarget } from './place.ts';
import { lockCopy } from './postgres-arrival.ts';
import { type PostgresMark, readMark, removeMark, requireMarkedHere, writeMark } from './postgres-mark.ts';
import { PostgresRows } from './postgres-rows.ts';
import { nameOfPostgres, withPostgres } from './postgres-session.ts';
import type { Change } from './restore.ts';
import { intoSqlite } from './sqlite-arrival.ts';
import { quoted } from './sqlite-rows.ts';
import type { Holdings } from './table-digest.ts';

export interface DemoteOptions {
  readonly migrations: readonly Migration[];
  /** Made in the copy after it was checked. */
  readonly changes: readonly Change[];
  /** Part of the name under which an earlier data file is kept that was moved away from there. */
  readonly setAside: string;
  readonly progress: Progress;
}

/**
 * Moves a PostgreSQL database, which no node may use meanwhile, into a data file, and notes in PostgreSQL that the
 * data lives there now. A move that broke off is made whole by the same call.
 * @throws `CopyRefused` or `DatabaseRefused` with a sentence, or what the databases or the disk say.
 */
export function demote(url: string, file: string, options: DemoteOptions): Promise<Holdings> {
  const name = nameOfPostgres(url);
  return withPostgres(url, async (connection) => {
    await lockCopy(connection, name);
    const earlier = await readMark(connection);
    if (earlier?.state !== 'gone' || earlier.place !== file) await requireMarkedHere(connection, name);
    let isMarked = false;
    try {
      return await intoSqlite({ file, setAside: options.setAside }, async (target) => {
        await writeMark(connection, { state: 'gone', move: '', place: file });
        isMarked = true;
        return copy(connection, name, target, options);
      });
    } catch (error) {
      if (isMarked) await backTo(connection, earlier);
      throw error;
    }
  });
}

async function copy(connection: PostgresConnection, name: string, target: RowTarget, options: DemoteOptions) {
  const source = new PostgresRows(connection, name);
  const tables = (await source.tables()).map((table) => quoted(table.name)).join(', ');
  await connection.command('BEGIN ISOLATION LEVEL REPEATABLE READ');
  // Before the first read, which sets the moment: nobody writes from here to the end.
  if (tables !== '') await connection.command(`LOCK TABLE ${tables} IN SHARE MODE`);
  const holdings = await copyRows(source, target, options.migrations, options.progress);
  await connection.command('COMMIT');
  for (const { sql, params } of options.changes) await target.change(sql, params);
  return holdings;
}

async function backTo(connection: PostgresConnection, mark: PostgresMark | undefined): Promise<void> {
  if (connection.lost !== undefined) return;
  await connection.command('ROLLBACK').catch(() => undefined);
  const undone = mark === undefined ? removeMark(connection) : writeMark(connection, mark);
  await undone.catch(() => undefined);
}
