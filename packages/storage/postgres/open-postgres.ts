import { requireMarkedHere } from '../copy/postgres-mark.ts';
import { type Database, DatabaseRefused, type Migration, type Scripts } from '../database.ts';
import { usingLock } from './advisory-locks.ts';
import { checkServer, readServerFacts, riskySettings } from './check-server.ts';
import { defaultLimits, type PostgresLimits } from './limits.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { PostgresConnection } from './postgres-connection.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { codeOf } from './postgres-error.ts';
import { addressOf, refusalOf } from './refuse.ts';
import { Statements } from './statements.ts';

/** Told to whoever runs Confab. The details hold no password. */
export type PostgresReport = (level: 'info' | 'warn', what: string, details?: Record<string, unknown>) => void;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that `pg` knows, `sslmode` for instance. */
  readonly url: string;
  readonly scripts: Scripts;
  readonly migrations: readonly Migration[];
  readonly limits?: Partial<PostgresLimits>;
  readonly report?: PostgresReport;
}

/** A server that has just been started says that it is not ready yet (SQLSTATE 57P03). */
const startingUp = '57P03';
const startLimitMs = 30_000;
const startPauseMs = 200;

/** Time for the server to notice that a move has ended, which it does when its connection is gone. */
const usingLockMs = 2_000;
const lockTimedOut = '55P03';

/**
 * Opens a PostgreSQL database, together with any number of other nodes, and brings its schema up to date.
 * @throws `DatabaseRefused` with a sentence for whoever starts Confab, or what PostgreSQL says.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const limits: PostgresLimits = { ...defaultLimits, ...options.limits };
  const where = addressOf(options.url);
  const statements = new Statements(limits.maxPreparedStatements);
  const report: PostgresReport = options.report ?? (() => undefined);
  let first: PostgresConnection | undefined;
  try {
    first = await openStarting(() => PostgresConnection.open(options.url, statements, limits));
    const facts = await readServerFacts(first);
    checkServer(facts, where);
    for (const setting of riskySettings(facts)) {
      report('warn', `PostgreSQL has ${setting} = off: what was acknowledged may be lost when its machine fails`);
    }
    const name = `${where.database} at ${where.server}`;
    await use(first, name);
    await migratePostgres(first, options.migrations, name, limits);
  } catch (error) {
    first?.destroy(new Error('not used'));
    throw refusalOf(error, where);
  }
  const open = reporting(() => openAnother(options.url, statements, limits), where.server, report);
  const database = new PostgresDatabase({ open, scripts: options.scripts, limits });
  database.adopt(first);
  return database;
}

/** Waits for a server that is there and says that it is about to be ready. */
async function openStarting(open: () => Promise<PostgresConnection>): Promise<PostgresConnection> {
  const end = performance.now() + startLimitMs;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (codeOf(error) !== startingUp || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, startPauseMs));
    }
  }
}

/**
 * Says on a connection, for as long as it lives, that a node uses the database, then looks whether the data is still
 * there. Whoever moves it away says so first and looks for users then: one of the two sees the other.
 */
async function use(connection: PostgresConnection, name: string): Promise<void> {
  await connection.command(`SET lock_timeout = ${usingLockMs}`);
  try {
    await connection.command('SELECT pg_advisory_lock_shared($1)', [usingLock]);
  } catch (error) {
    if (codeOf(error) !== lockTimedOut) throw error;
    throw new DatabaseRefused('in-use', `${name} is being moved or restored. Start the server when that has ended.`);
  }
  await connection.command('RESET lock_timeout');
  await requireMarkedHere(connection, name);
}

/** The data may have been moved away since the first connection was made. */
async function openAnother(url: string, statements: Statements, limits: PostgresLimits): Promise<PostgresConnection> {
  const connection = await PostgresConnection.open(url, statements, limits);
  try {
    const { database, server } = addressOf(url);
    await use(connection, `${database} at ${server}`);
    return connection;
  } catch (error) {
    connection.destroy(new Error('not used'));
    throw error;
  }
}

/** Says once that the server is away, and once that it is back. */
function reporting(
  open: () => Promise<PostgresConnection>,
  server: string,
  report: PostgresReport,
): () => Promise<PostgresConnection> {
  let away = false;
  return async () => {
    try {
      const connection = await open();
      if (away) report('info', `PostgreSQL at ${server} is back`);
      away = false;
      return connection;
    } catch (error) {
      if (!away) report('warn', `PostgreSQL at ${server} cannot be reached`, { error });
      away = true;
      throw error;
    }
  };
}
