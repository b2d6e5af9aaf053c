import { DatabaseRefused } from '../database.ts';
import type { PostgresConnection } from '../postgres/postgres-connection.ts';
import { ask } from './postgres-session.ts';

/**
 * What a copy leaves in PostgreSQL to say where the data lives. `arriving`: a copy into it has begun, and what is there
 * is not whole. `here`: it has ended. `gone`: the data was moved elsewhere, or is being moved.
 */
export interface PostgresMark {
  readonly state: 'arriving' | 'here' | 'gone';
  /** The move that it is about, the same on both sides; '' for a restore. */
  readonly move: string;
  /** From where or to where, in words. */
  readonly place: string;
}

export async function readMark(connection: PostgresConnection): Promise<PostgresMark | undefined> {
  const there = await ask(
    connection,
    "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'confab_place'",
  );
  if (there.length === 0) return undefined;
  return (await ask<PostgresMark>(connection, 'SELECT state, move, place FROM confab_place'))[0];
}

/** In the transaction that runs, or in one of its own. */
export async function writeMark(connection: PostgresConnection, { state, move, place }: PostgresMark): Promise<void> {
  await connection.command(
    `CREATE TABLE IF NOT EXISTS confab_place (
       id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL, move TEXT NOT NULL, place TEXT NOT NULL)`,
  );
  await ask(
    connection,
    `INSERT INTO confab_place (id, state, move, place) VALUES (1, $1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, move = excluded.move, place = excluded.place`,
    [state, move, place],
  );
}

export async function removeMark(connection: PostgresConnection): Promise<void> {
  await connection.command('DROP TABLE IF EXISTS confab_place');
}

/** @throws `DatabaseRefused` when what a PostgreSQL holds is not whole, or not what counts any more. */
export async function requireMarkedHere(connection: PostgresConnection, name: string): Promise<void> {
  const mark = await readMark(connection);
  if (mark?.state === 'arriving') throw unfinished(name, mark.place);
  if (mark?.state === 'gone') throw gone(name, mark.place);
}

function unfinished(name: string, from: string): DatabaseRefused {
  return new DatabaseRefused(
    'unsuitable',
    `A copy from ${from} into ${name} was begun and has not ended. Run it again, or choose another database.`,
  );
}

function gone(name: string, to: string): DatabaseRefused {
  return new DatabaseRefused(
    'unsuitable',
    `What ${name} held was moved to ${to}, or is being moved. Start without CONFAB_DATABASE_URL there; ` +
      'if the move did not end, run "npm run confab -- demote" again.',
  );
}
