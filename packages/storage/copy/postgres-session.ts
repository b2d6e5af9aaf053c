import { DatabaseRefused, type SqlValue } from '../database.ts';
import { checkServer, readServerFacts } from '../postgres/check-server.ts';
import { defaultLimits } from '../postgres/limits.ts';
import { PostgresConnection } from '../postgres/postgres-connection.ts';
import { addressOf, refusalOf } from '../postgres/refuse.ts';
import { Statements } from '../postgres/statements.ts';
import { CopyRefused } from './copy-refused.ts';

/** A copy takes as long as it takes; what may not wait is bounded by the connection's keepalive. */
const limits = { ...defaultLimits, statementMs: 0, batchMs: 0 };

/** What PostgreSQL at that URL is called in sentences: never with its password. */
export function nameOfPostgres(url: string): string {
  const { database, server } = addressOf(url);
  return `${database} at ${server}`;
}

/**
 * Does something on one connection of its own, and closes it.
 * @throws `DatabaseRefused` with a sentence when it is not reached or not suitable, and what `use` throws.
 */
export async function withPostgres<T>(url: string, use: (connection: PostgresConnection) => Promise<T>): Promise<T> {
  const where = addressOf(url);
  const connection = await connect(url);
  try {
    checkServer(await readServerFacts(connection), where);
    const value = await use(connection);
    await connection.close().catch(() => undefined);
    return value;
  } catch (error) {
    const isTold = error instanceof CopyRefused || error instanceof DatabaseRefused;
    throw isTold || connection.lost === undefined ? error : lostOn(nameOfPostgres(url), connection.lost);
  } finally {
    connection.destroy(new Error('done'));
  }
}

async function connect(url: string): Promise<PostgresConnection> {
  try {
    return await PostgresConnection.open(url, new Statements(limits.maxPreparedStatements), limits);
  } catch (error) {
    throw refusalOf(error, addressOf(url));
  }
}

function lostOn(name: string, why: Error): DatabaseRefused {
  return new DatabaseRefused('unreachable', `The connection to ${name} was lost: ${why.message}.`);
}

/** Runs one statement in PostgreSQL's own words, unnamed: it is not run often. */
export async function ask<Row>(
  connection: PostgresConnection,
  text: string,
  params: readonly SqlValue[] = [],
): Promise<Row[]> {
  const rows = await connection.run({ sql: text, params, wants: 'all' }, { text, writes: true, name: undefined });
  return rows as Row[];
}
