import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Sql, SqlParam, SqlValue, Statement } from '../database.ts';
import { requireScriptStatement } from '../script-statements.ts';
import { syncFolder } from '../sync-folder.ts';
import type { SqliteLimits } from './limits.ts';

export interface ConnectionOptions {
  /** A path, or the `file:` address of a database in memory. */
  readonly file: string;
  readonly readOnly: boolean;
  readonly limits: SqliteLimits;
}

/** SQLite takes no lists; its function `json_each` makes rows of one. */
function asValue(param: SqlParam): SqlValue {
  return typeof param === 'object' && param !== null && !ArrayBuffer.isView(param) ? JSON.stringify(param) : param;
}

/** One SQLite connection with its settings and its compiled statements. Blocks the thread that it is used in. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #maxPrepared: number;

  /** @throws what SQLite says when the file cannot be opened. */
  constructor({ file, readOnly, limits }: ConnectionOptions) {
    this.#maxPrepared = limits.maxPreparedStatements;
    this.#database = new DatabaseSync(file, { readOnly, timeout: limits.busyTimeoutMs });
    try {
      this.#configure(readOnly, limits);
      if (!readOnly && !file.startsWith('file:')) this.#makeNamesLast(file);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Runs one statement of a script. */
  run(statement: Statement): unknown {
    const prepared = this.#preparedFor(statement.sql);
    const values = statement.params.map(asValue);
    switch (statement.wants) {
      case 'all':
        return prepared.all(...values);
      case 'get':
        return prepared.get(...values);
      case 'run':
        return Number(prepared.run(...values).changes);
      case 'nothing':
        prepared.run(...values);
        return undefined;
    }
  }

  /** A statement of the runner's own, compiled once; not for scripts. */
  prepareOwn(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  /** Runs SQL of the storage itself, without parameters. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #configure(readOnly: boolean, limits: SqliteLimits): void {
    if (!readOnly) {
      this.#database.exec('PRAGMA journal_mode = WAL');
      // Each commit is on disk before it is answered; NORMAL syncs only at checkpoints and loses commits in a power cut.
      this.#database.exec('PRAGMA synchronous = FULL');
      // The write worker copies the log back itself, after the answer went out.
      this.#database.exec('PRAGMA wal_autocheckpoint = 0');
      // What was deleted is overwritten where that costs no further page: a message taken back leaves no text behind.
      this.#database.exec('PRAGMA secure_delete = FAST');
      this.#database.exec(`PRAGMA journal_size_limit = ${64 * 1024 * 1024}`);
    }
    this.#database.exec('PRAGMA foreign_keys = ON');
    this.#database.exec('PRAGMA trusted_schema = OFF');
    this.#database.exec('PRAGMA temp_store = MEMORY');
    // No memory-mapped pages: an I/O error on one would kill the process instead of failing a statement.
    this.#database.exec('PRAGMA mmap_size = 0');
    this.#database.exec(`PRAGMA cache_size = -${limits.cacheKibibytes}`);
  }

  /**
   * SQLite syncs the folder after it made the write-ahead log, and does not mind if that fails; a power cut would then
   * take the log with all that was acknowledged. So the log is made now, and the folder synced with an error if it fails.
   */
  #makeNamesLast(file: string): void {
    this.#database.exec('SELECT 1 FROM sqlite_schema');
    syncFolder(dirname(file));
  }

  #preparedFor(statement: Sql): StatementSync {
    const [sql, kept] = typeof statement === 'string' ? [statement, true] : [statement.sqlite, statement.kept ?? true];
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    requireScriptStatement(sql);
    const prepared = this.#database.prepare(sql.replaceAll('= ANY (?)', 'IN (SELECT value FROM json_each(?))'));
    if (!kept) return prepared;
    if (this.#prepared.size >= this.#maxPrepared) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
