import { DatabaseSync } from 'node:sqlite';
import { CopyRefused } from './copy-refused.ts';
import { SqliteRows } from './sqlite-rows.ts';

/** How long to wait for a server that holds a lock for a moment. */
const busyTimeoutMs = 10_000;

/** A data file as it is in the moment of opening, whether a server uses it or not. */
export class SqliteSource extends SqliteRows {
  /** @throws `CopyRefused` when there is no such file, or it is not a database. */
  static open(file: string, name = file): SqliteSource {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
      database.exec('PRAGMA mmap_size = 0');
      database.exec('BEGIN');
      // The transaction's moment is that of its first read.
      database.prepare('SELECT COUNT(*) FROM sqlite_schema').get();
      return new SqliteSource(database, name);
    } catch (error) {
      database?.close();
      throw new CopyRefused(`${name} cannot be read as a database: ${(error as Error).message}.`, { cause: error });
    }
  }

  /** The one text that a query answers with. */
  text(sql: string): string {
    return String(Object.values(this.database.prepare(sql).get() ?? {})[0] ?? '');
  }

  /** All texts that a query answers with, one after another. */
  *texts(sql: string): Generator<string> {
    for (const row of this.database.prepare(sql).iterate()) yield String(Object.values(row)[0]);
  }

  close(): void {
    this.database.close();
  }
}
