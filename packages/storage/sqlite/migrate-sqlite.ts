import type { Migration, Step } from '../database.ts';
import { applyMigration, pendingMigrations, readApplied } from '../migrate.ts';
import { Connection } from './connection.ts';
import type { SqliteLimits } from './limits.ts';

/**
 * Brings the schema up to date, each migration in a transaction of its own, on a connection of its own.
 * @throws `DatabaseRefused`, or what SQLite says.
 */
export function migrateSqlite(file: string, migrations: readonly Migration[], limits: SqliteLimits): void {
  const connection = new Connection({ file, readOnly: false, limits });
  try {
    migrate(connection, migrations, file);
  } finally {
    connection.close();
  }
}

function migrate(connection: Connection, migrations: readonly Migration[], file: string): void {
  const applied = inTransaction(connection, readApplied());
  const pending = pendingMigrations(applied, migrations, file);
  if (pending.length === 0) return;
  // SQLite changes a table by building it anew and dropping the old one, which foreign keys would forbid on the way.
  connection.execute('PRAGMA foreign_keys = OFF');
  for (const migration of pending) {
    inTransaction(connection, applyMigration(migration), () => {
      const broken = connection.prepareOwn('PRAGMA foreign_key_check').get();
      if (broken !== undefined)
        throw new Error(`migration ${migration.version} breaks a foreign key of ${broken.table}`);
    });
  }
}

function inTransaction<T>(connection: Connection, steps: Step<T>, check = (): void => {}): T {
  connection.execute('BEGIN IMMEDIATE');
  try {
    let step = steps.next();
    while (!step.done) step = steps.next(connection.run(step.value));
    check();
    connection.execute('COMMIT');
    return step.value;
  } catch (error) {
    if (connection.inTransaction) connection.execute('ROLLBACK');
    throw error;
  }
}
