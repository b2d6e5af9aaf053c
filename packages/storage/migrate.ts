import { createHash } from 'node:crypto';
import { DatabaseRefused, type Migration, type Step, sql } from './database.ts';

/** A row of `schema_versions`: a migration that this database went through. */
export interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  /** SHA-256 of its statements, in hex. */
  readonly checksum: string;
}

/** What was applied so far, in order; makes the table for it if there is none. A transaction of its own. */
export function* readApplied(): Step<AppliedMigration[]> {
  yield* sql.run(
    `CREATE TABLE IF NOT EXISTS schema_versions (
      version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)`,
  );
  return yield* sql.all<AppliedMigration>('SELECT version, name, checksum FROM schema_versions ORDER BY version');
}

/** Runs one migration together with its note; a transaction of its own, so that a kill leaves old or new. */
export function* applyMigration(migration: Migration): Step<void> {
  for (const statement of migration.sql) yield* sql.run(statement);
  yield* sql.run(
    'INSERT INTO schema_versions (version, name, checksum) VALUES (?, ?, ?)',
    migration.version,
    migration.name,
    checksumOf(migration),
  );
}

/**
 * The migrations still to be applied.
 * @throws `DatabaseRefused` when the database went through migrations that this program does not have.
 * @throws `Error` when the list has a gap: a mistake in the program.
 */
export function pendingMigrations(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
  database: string,
): readonly Migration[] {
  migrations.forEach(({ version }, index) => {
    if (version !== index + 1) throw new Error(`migration ${index + 1} is missing: ${version} stands in its place`);
  });
  const newest = applied.at(-1);
  if (newest !== undefined && newest.version > migrations.length) {
    throw new DatabaseRefused(
      'newer',
      `${database} is at schema version ${newest.version} (${newest.name}), and this Confab knows versions up to ` +
        `${migrations.length}. Start the newer Confab that wrote it, or restore a backup from before its upgrade.`,
    );
  }
  for (const [index, { version, name, checksum }] of applied.entries()) {
    const migration = migrations[index];
    if (migration !== undefined && version === migration.version && checksum === checksumOf(migration)) continue;
    throw new DatabaseRefused(
      'changed',
      `${database} went through a schema version ${version} (${name}) that differs from the one in this Confab. ` +
        'Start the Confab that wrote it, or restore a backup that was written by this one.',
    );
  }
  return migrations.slice(applied.length);
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(JSON.stringify(migration.sql)).digest('hex');
}
