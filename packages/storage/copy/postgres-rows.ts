import type { AppliedMigration } from '../migrate.ts';
import type { PostgresConnection } from '../postgres/postgres-connection.ts';
import { CopyRefused } from './copy-refused.ts';
import { type CopiedRow, type CopiedTable, type CopiedValue, ownTables, type RowSource } from './place.ts';
import { ask } from './postgres-session.ts';
import { quoted } from './sqlite-rows.ts';

const batchRows = 250;

/** The types of columns that have the same values in both databases, with how PostgreSQL's text of one is read. */
const readers: Readonly<Record<string, (text: string) => CopiedValue>> = {
  text: (text) => text,
  bigint: BigInt,
  integer: BigInt,
  smallint: BigInt,
  'double precision': Number,
  bytea: (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')),
};

/** Reads rows over one connection, within the transaction that whoever made it began. */
export class PostgresRows implements RowSource {
  readonly kind = 'PostgreSQL';
  readonly name: string;
  protected readonly connection: PostgresConnection;
  /** By table and column. */
  readonly #types = new Map<string, string>();

  constructor(connection: PostgresConnection, name: string) {
    this.connection = connection;
    this.name = name;
  }

  async applied(): Promise<readonly AppliedMigration[]> {
    if (!(await this.has('schema_versions'))) return [];
    return this.select<AppliedMigration>('SELECT version, name, checksum FROM schema_versions ORDER BY version');
  }

  async tables(): Promise<readonly CopiedTable[]> {
    const listed = await this.select<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name COLLATE "C"`,
    );
    const tables = [];
    for (const { name } of listed) if (!ownTables.has(name)) tables.push(await this.#table(name));
    return tables;
  }

  async count({ name }: CopiedTable): Promise<number> {
    const [row] = await this.select<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${quoted(name)}`);
    return row?.rows ?? 0;
  }

  async *rows(table: CopiedTable): AsyncGenerator<readonly CopiedRow[]> {
    const { name, columns, key } = table;
    const types = columns.map((column) => this.typeOf(table, column));
    // As text, so that no number loses what a JavaScript number cannot hold.
    const list = columns.map((column) => `${quoted(column)}::text AS ${quoted(column)}`).join(', ');
    const order = key.map(
      (column) => `${columnOf(name, column)}${this.typeOf(table, column) === 'text' ? ' COLLATE "C"' : ''}`,
    );
    await this.connection.command(
      `DECLARE copied_rows NO SCROLL CURSOR FOR SELECT ${list} FROM ${quoted(name)} ORDER BY ${order.join(', ')}`,
    );
    for (;;) {
      const batch = await this.select<Record<string, string | null>>(`FETCH ${batchRows} FROM copied_rows`);
      if (batch.length === 0) break;
      yield batch.map((row) => columns.map((column, index) => read(types[index] ?? '', row[column] ?? null)));
    }
    await this.connection.command('CLOSE copied_rows');
  }

  /** Whether there is a table of that name. */
  protected async has(table: string): Promise<boolean> {
    return (
      (await this.select('SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1', [table]))
        .length > 0
    );
  }

  protected select<Row>(text: string, values: readonly string[] = []): Promise<Row[]> {
    return ask<Row>(this.connection, text, values);
  }

  protected typeOf(table: CopiedTable, column: string): string {
    return this.#types.get(`${table.name}.${column}`) ?? '';
  }

  async #table(name: string): Promise<CopiedTable> {
    const columns = await this.select<{ name: string; type: string }>(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name = $1`,
      [name],
    );
    for (const column of columns) {
      if (!Object.hasOwn(readers, column.type))
        throw new CopyRefused(
          `${name}.${column.name} in ${this.name} is of type ${column.type}, which cannot be copied.`,
        );
      this.#types.set(`${name}.${column.name}`, column.type);
    }
    const key = await this.select<{ name: string }>(
      `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
       WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)`,
      [quoted(name)],
    );
    if (key.length === 0) throw new CopyRefused(`The table ${name} in ${this.name} has no primary key.`);
    return { name, columns: columns.map((column) => column.name).sort(), key: key.map((column) => column.name) };
  }
}

function read(type: string, text: string | null): CopiedValue {
  return text === null ? null : (readers[type] ?? String)(text);
}

/** The stored column, and not the one of the same name that is its text. */
function columnOf(table: string, column: string): string {
  return `${quoted(table)}.${quoted(column)}`;
}
