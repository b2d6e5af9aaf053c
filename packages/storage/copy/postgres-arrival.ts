import { copyLock, migrationLock, usingLock } from '../postgres/advisory-locks.ts';
import type { PostgresConnection } from '../postgres/postgres-connection.ts';
import { codeOf } from '../postgres/postgres-error.ts';
import { CommitUnknown, CopyRefused } from './copy-refused.ts';
import type { RowTarget } from './place.ts';
import { type PostgresMark, readMark, removeMark, writeMark } from './postgres-mark.ts';
import { ask, nameOfPostgres, withPostgres } from './postgres-session.ts';
import { PostgresTarget } from './postgres-target.ts';

export interface PostgresArrival {
  readonly url: string;
  /** Of the move that this is part of; '' for a restore. */
  readonly move: string;
  /** What it is filled from, in words. */
  readonly from: string;
}

/**
 * Fills an empty PostgreSQL database, whole or not at all; `undefined` when that very move had been made already.
 * @throws `DatabaseRefused` when it is not reached or not suitable, `CopyRefused` when there is something already or
 * another copy runs, `CommitUnknown`, and what `fill` throws.
 */
export function intoPostgres<T>(
  { url, move, from }: PostgresArrival,
  fill: (target: RowTarget) => Promise<T>,
): Promise<T | undefined> {
  const name = nameOfPostgres(url);
  return withPostgres(url, async (connection) => {
    await lockCopy(connection, name);
    const earlier = await readMark(connection);
    if (move !== '' && earlier?.state === 'here' && earlier.move === move) return undefined;
    await announce(connection, name, { state: 'arriving', move, place: from });
    let filled: T;
    try {
      await connection.command('BEGIN');
      filled = await fill(new PostgresTarget(connection, name));
      await writeMark(connection, { state: 'here', move, place: from });
    } catch (error) {
      await undo(connection);
      throw error;
    }
    await connection.command('COMMIT').catch((error: unknown) => {
      const sentence = `Whether the copy is in ${name} is not known: the connection was lost at the last moment.`;
      throw new CommitUnknown(sentence, { cause: error });
    });
    // For the planner; it would come to it by itself.
    await connection.command('ANALYZE').catch(() => undefined);
    return filled;
  });
}

/** Time for the server to notice that a copy which was killed is gone. */
const copyLockMs = 5_000;
/** The same for a node. */
const usingLockMs = 1_000;
const lockTimedOut = '55P03';

/** Until the connection ends no one else copies from or to this database, and no node uses it or begins to. */
export async function lockCopy(connection: PostgresConnection, name: string): Promise<void> {
  await lockWithin(connection, copyLock, copyLockMs, `Another copy from or to ${name} is being made.`);
  await lockWithin(connection, usingLock, usingLockMs, `${name} is in use. Stop all servers that use it first.`);
}

async function lockWithin(connection: PostgresConnection, lock: string, ms: number, otherwise: string): Promise<void> {
  await connection.command(`SET lock_timeout = ${ms}`);
  try {
    await ask(connection, 'SELECT pg_advisory_lock($1)', [lock]);
  } catch (error) {
    if (codeOf(error) !== lockTimedOut) throw error;
    throw new CopyRefused(otherwise, { cause: error });
  }
  await connection.command('SET lock_timeout = 0');
}

/** Says that a copy begins, after a node that makes its tables now has ended, and only if there is nothing. */
async function announce(connection: PostgresConnection, name: string, mark: PostgresMark): Promise<void> {
  await ask(connection, 'SELECT pg_advisory_lock($1)', [migrationLock]);
  try {
    await requireNothing(connection, name);
    await connection.command('BEGIN');
    await writeMark(connection, mark);
    await connection.command('COMMIT');
  } finally {
    await ask(connection, 'SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
  }
}

async function requireNothing(connection: PostgresConnection, name: string): Promise<void> {
  const [found] = await ask<{ name: string }>(
    connection,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace
     AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname <> 'confab_place' LIMIT 1`,
  );
  if (found === undefined) return;
  throw new CopyRefused(
    `${name} is not empty: it has a table ${found.name}. What is copied goes to an empty database; make one with createdb.`,
  );
}

async function undo(connection: PostgresConnection): Promise<void> {
  if (connection.lost !== undefined) return;
  await connection.command('ROLLBACK').catch(() => undefined);
  await removeMark(connection).catch(() => undefined);
}
