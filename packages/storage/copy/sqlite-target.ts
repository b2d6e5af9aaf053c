import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Migration, SqlValue } from '../database.ts';
import { defaultLimits } from '../sqlite/limits.ts';
import { migrateSqlite } from '../sqlite/migrate-sqlite.ts';
import type { CopiedRow, CopiedTable, RowTarget } from './place.ts';
import { quoted, SqliteRows } from './sqlite-rows.ts';

/**
 * A SQLite file in the making, under a name that nobody opens: so it goes without journal and sync until it is whole.
 */
export class SqliteTarget extends SqliteRows implements RowTarget {
  readonly #file: string;
  readonly #inserts = new Map<string, StatementSync>();

  private constructor(file: string, name: string) {
    super(new DatabaseSync(file), name);
    this.#file = file;
  }

  /** `file`: there and empty, with the mode that it is to keep. `name`: what it will be, for sentences. */
  static open(file: string, name: string): SqliteTarget {
    return new SqliteTarget(file, name);
  }

  async build(migrations: readonly Migration[]): Promise<void> {
    migrateSqlite(this.#file, migrations, defaultLimits);
    this.database.exec('PRAGMA journal_mode = DELETE');
    this.database.exec('PRAGMA journal_mode = OFF');
    this.database.exec('PRAGMA synchronous = OFF');
    this.database.exec('PRAGMA foreign_keys = OFF');
    this.database.exec('PRAGMA temp_store = MEMORY');
    this.database.exec(`PRAGMA cache_size = -${defaultLimits.cacheKibibytes}`);
    // What migrations put into their tables comes with the copied rows.
    for (const { name } of await this.tables()) this.database.exec(`DELETE FROM ${quoted(name)}`);
  }

  async insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const insert = this.#inserts.get(table.name) ?? this.#prepareInsert(table);
    this.database.exec('BEGIN');
    for (const row of rows) insert.run(...row);
    this.database.exec('COMMIT');
  }

  async connect(): Promise<void> {
    const broken = this.database.prepare('PRAGMA foreign_key_check').get();
    if (broken !== undefined)
      throw new Error(`a row of ${broken.table} refers to one of ${broken.parent} that is not there`);
  }

  async change(sql: string, params: readonly SqlValue[]): Promise<void> {
    this.database.prepare(sql).run(...params);
  }

  async figure(sql: string): Promise<number> {
    return Number(Object.values(this.database.prepare(sql).get() ?? {})[0] ?? 0);
  }

  /** Closes the file; it is whole, but not synced. */
  close(): void {
    this.#inserts.clear();
    this.database.close();
  }

  #prepareInsert({ name, columns }: CopiedTable): StatementSync {
    const marks = columns.map(() => '?').join(', ');
    const insert = this.database.prepare(
      `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(', ')}) VALUES (${marks})`,
    );
    this.#inserts.set(name, insert);
    return insert;
  }
}
