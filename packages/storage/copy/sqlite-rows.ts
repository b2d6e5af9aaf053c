import type { DatabaseSync } from 'node:sqlite';
import type { AppliedMigration } from '../migrate.ts';
import { CopyRefused } from './copy-refused.ts';
import { type CopiedRow, type CopiedTable, ownTables, type RowSource } from './place.ts';

const batchRows = 500;
/** Rows may be large: a batch ends early when its texts have so many characters. */
const batchCharacters = 1_000_000;

/** Reads rows from an open SQLite database. Whoever wants one moment of it begins a transaction first. */
export class SqliteRows implements RowSource {
  readonly kind = 'SQLite';
  readonly name: string;
  protected readonly database: DatabaseSync;

  constructor(database: DatabaseSync, name: string) {
    this.database = database;
    this.name = name;
  }

  async applied(): Promise<readonly AppliedMigration[]> {
    const known = this.database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_versions'").get();
    if (known === undefined) return [];
    const rows = this.database.prepare('SELECT version, name, checksum FROM schema_versions ORDER BY version').all();
    return rows as unknown as AppliedMigration[];
  }

  async tables(): Promise<readonly CopiedTable[]> {
    const listed = this.database
      .prepare("SELECT name, type FROM pragma_table_list WHERE schema = 'main' ORDER BY name")
      .all() as { name: string; type: string }[];
    // An index that is a table of its own follows from the rows of another one, by that one's triggers.
    return listed
      .filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_') && !ownTables.has(name))
      .map(({ name }) => this.#table(name));
  }

  async count({ name }: CopiedTable): Promise<number> {
    return Number(this.database.prepare(`SELECT COUNT(*) AS rows FROM ${quoted(name)}`).get()?.rows);
  }

  async *rows({ name, columns, key }: CopiedTable): AsyncGenerator<readonly CopiedRow[]> {
    const list = columns.map(quoted).join(', ');
    const order = key.map((column) => `${quoted(column)} COLLATE BINARY`).join(', ');
    const statement = this.database.prepare(`SELECT ${list} FROM ${quoted(name)} ORDER BY ${order}`);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    let batch: CopiedRow[] = [];
    let characters = 0;
    for (const row of statement.iterate() as Iterable<unknown> as Iterable<CopiedRow>) {
      batch.push(row);
      for (const value of row) characters += typeof value === 'string' ? value.length : 16;
      if (batch.length < batchRows && characters < batchCharacters) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
    if (batch.length > 0) yield batch;
  }

  #table(name: string): CopiedTable {
    const columns = this.database
      .prepare('SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden = 0')
      .all(name) as unknown as { name: string; pk: number }[];
    const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    if (key.length === 0) throw new CopyRefused(`The table ${name} in ${this.name} has no primary key.`);
    return { name, columns: columns.map((column) => column.name).sort(), key: key.map((column) => column.name) };
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
