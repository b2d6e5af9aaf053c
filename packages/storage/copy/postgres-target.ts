import type { Migration, SqlValue } from '../database.ts';
import { applyMigration, readApplied } from '../migrate.ts';
import { translate } from '../postgres/dialect.ts';
import { drive, StatementFailed } from '../postgres/drive.ts';
import { CopyRefused } from './copy-refused.ts';
import type { CopiedRow, CopiedTable, CopiedValue, RowTarget } from './place.ts';
import { PostgresRows } from './postgres-rows.ts';
import { quoted } from './sqlite-rows.ts';

/** Of one statement; PostgreSQL takes 65,535. */
const maxParameters = 10_000;
/** A text that PostgreSQL cannot hold: one with the character NUL. */
const untranslatable = '22021';

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** An empty PostgreSQL database that is filled within one transaction, which whoever made it began and commits. */
export class PostgresTarget extends PostgresRows implements RowTarget {
  #foreignKeys: readonly ForeignKey[] = [];

  async build(migrations: readonly Migration[]): Promise<void> {
    try {
      await drive(this.connection, readApplied());
      for (const migration of migrations) await drive(this.connection, applyMigration(migration));
    } catch (error) {
      throw error instanceof StatementFailed ? error.cause : error;
    }
    this.#foreignKeys = await this.select<ForeignKey>(
      `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
    );
    // Rows may refer to some that come later, or to each other: all are there before any is checked.
    for (const { table, name } of this.#foreignKeys) {
      await this.connection.command(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`);
    }
    // What migrations put into their tables comes with the copied rows.
    for (const { name } of await this.tables()) await this.connection.command(`DELETE FROM ${quoted(name)}`);
  }

  async insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const most = Math.max(1, Math.floor(maxParameters / table.columns.length));
    for (let from = 0; from < rows.length; from += most) await this.#insert(table, rows.slice(from, from + most));
  }

  async connect(): Promise<void> {
    for (const { table, name, definition } of this.#foreignKeys) {
      await this.connection.command(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`);
    }
  }

  async change(sql: string, params: readonly SqlValue[]): Promise<void> {
    await this.connection.run({ sql, params, wants: 'run' }, { ...translate(sql), name: undefined });
  }

  async figure(sql: string): Promise<number> {
    const [row] = await this.select<Record<string, unknown>>(translate(sql).text);
    return Number(Object.values(row ?? {})[0] ?? 0);
  }

  async #insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const { name, columns } = table;
    const types = columns.map((column) => this.typeOf(table, column));
    let parameter = 0;
    const values = rows.map(() => `(${types.map((type) => `$${++parameter}::${type}`).join(', ')})`);
    const text = `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(', ')}) VALUES ${values.join(', ')}`;
    const params = rows.flatMap((row) => row.map(asParameter));
    try {
      await this.connection.run({ sql: text, params, wants: 'run' }, { text, writes: true, name: undefined });
    } catch (error) {
      if ((error as { code?: unknown }).code !== untranslatable) throw error;
      const why = 'a text there has the character NUL, which PostgreSQL cannot hold';
      throw new CopyRefused(`The rows of ${name} cannot be copied to ${this.name}: ${why}.`, { cause: error });
    }
  }
}

function asParameter(value: CopiedValue): SqlValue {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}
