import type { Migration, SqlValue } from '../database.ts';
import type { AppliedMigration } from '../migrate.ts';

/** A value of a row, exactly as it is stored: whole numbers as `bigint`, a `number` only where it has a fraction. */
export type CopiedValue = string | bigint | number | null | Uint8Array;
export type CopiedRow = readonly CopiedValue[];

/** A table as both databases name it. Its rows have their values in the order of `columns`, which is by name. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of its primary key, in the key's order: what its rows are ordered by. */
  readonly key: readonly string[];
}

/** A database that is read from, all of it as it was in one moment. */
export interface RowSource {
  /** What it is, for sentences; without a password. */
  readonly name: string;
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** The schema's history; empty when this is not a database of Confab's. */
  applied(): Promise<readonly AppliedMigration[]>;
  /** @throws `CopyRefused` for a table whose rows cannot be told apart or found: without a key. */
  tables(): Promise<readonly CopiedTable[]>;
  count(table: CopiedTable): Promise<number>;
  /** All rows in the order of the key, by bytes; a few at a time, so that memory is bounded. */
  rows(table: CopiedTable): AsyncIterable<readonly CopiedRow[]>;
}

/** A database that is written to, in one piece: until `finish` it is of no use, and says so. */
export interface RowTarget extends RowSource {
  /** Makes empty tables; nothing checks yet which rows refer to which. */
  build(migrations: readonly Migration[]): Promise<void>;
  insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>;
  /** Checks from now on that what rows refer to is there. @throws an `Error` when it is not. */
  connect(): Promise<void>;
  /** Runs one statement of the common dialect. */
  change(sql: string, params: readonly SqlValue[]): Promise<void>;
  /** The one number that a query answers with. */
  figure(sql: string): Promise<number>;
}

/** Tables of the storage itself, which are not copied. */
export const ownTables: ReadonlySet<string> = new Set(['schema_versions', 'confab_backup', 'confab_place']);
