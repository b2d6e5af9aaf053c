import type { Migration, Step } from '../database.ts';
import { applyMigration, pendingMigrations, readApplied } from '../migrate.ts';
import { migrationLock } from './advisory-locks.ts';
import { drive, StatementFailed } from './drive.ts';
import type { PostgresLimits } from './limits.ts';
import type { PostgresConnection } from './postgres-connection.ts';

/**
 * Brings the schema up to date, each migration in a transaction of its own. Nodes that start together take turns: the
 * first does the work, the others find it done.
 * @throws `DatabaseRefused`, or what PostgreSQL says.
 */
export async function migratePostgres(
  connection: PostgresConnection,
  migrations: readonly Migration[],
  database: string,
  limits: PostgresLimits,
): Promise<void> {
  await limitStatements(connection, limits.migrationMs);
  await connection.command('SELECT pg_advisory_lock($1)', [migrationLock]);
  try {
    const applied = await inTransaction(connection, readApplied());
    for (const migration of pendingMigrations(applied, migrations, database)) {
      await inTransaction(connection, applyMigration(migration));
    }
  } finally {
    // A connection that was lost has let go of the lock already.
    await connection.command('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
  }
  await limitStatements(connection, limits.statementMs);
}

async function inTransaction<T>(connection: PostgresConnection, steps: Step<T>): Promise<T> {
  await connection.command('BEGIN');
  try {
    const value = await drive(connection, steps);
    await connection.command('COMMIT');
    return value as T;
  } catch (error) {
    await connection.command('ROLLBACK').catch(() => undefined);
    throw error instanceof StatementFailed ? error.cause : error;
  }
}

async function limitStatements(connection: PostgresConnection, limitMs: number): Promise<void> {
  await connection.command("SELECT set_config('statement_timeout', $1, false)", [`${limitMs}`]);
}
