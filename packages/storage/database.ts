/**
 * The database port. A *script* is a piece of work inside one transaction, written as a generator: it yields SQL
 * statements and is handed their rows. So that the same script runs synchronously beside SQLite in a worker thread
 * and asynchronously against PostgreSQL, and so that a transaction never crosses a thread statement by statement.
 *
 * SQL is the dialect that both understand, with `?` for parameters, and `= ANY (?)`, written exactly so, for one of a
 * list of texts: of any length, with one statement for all lengths. Where the two have no words in common, for
 * full-text search, a statement is put in the words of each.
 */

export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlParam = SqlValue | readonly string[];

/** Parameters are the same for both, in the same order: `?` as everywhere, or `?1` and `$1` where one is said twice. */
export interface EachInItsWords {
  readonly sqlite: string;
  readonly postgres: string;
  /** `false` for what is put together for one call: kept compiled, it would push out what everyone needs. */
  readonly kept?: false;
}
export type Sql = string | EachInItsWords;

export interface Statement {
  readonly sql: Sql;
  readonly params: readonly SqlParam[];
  /** `all`: every row; `get`: the first row or `undefined`; `run`: the number of rows changed; `nothing`. */
  readonly wants: 'all' | 'get' | 'run' | 'nothing';
}

/** What a script yields and returns. `yield*` a step to get its value. */
export type Step<T> = Generator<Statement, T, unknown>;

/** Builds the statements of a script. Rows are plain objects by column name; the caller names their type. */
export const sql = {
  *all<Row>(text: Sql, ...params: SqlParam[]): Step<Row[]> {
    return (yield { sql: text, params, wants: 'all' }) as Row[];
  },
  *get<Row>(text: Sql, ...params: SqlParam[]): Step<Row | undefined> {
    return (yield { sql: text, params, wants: 'get' }) as Row | undefined;
  },
  *run(text: Sql, ...params: SqlParam[]): Step<number> {
    return (yield { sql: text, params, wants: 'run' }) as number;
  },
  /** As `run`, when the script goes on the same whatever comes of it: the database need not be waited for. */
  *send(text: Sql, ...params: SqlParam[]): Step<void> {
    yield { sql: text, params, wants: 'nothing' };
  },
};

/** Takes an input that can be structured-cloned and returns a value that can be. Knows no clock but its input's.
 * Each declares its own input; whoever calls it by name sees to it that the two fit. */
export type Script = (input: never) => Step<unknown>;
export type Scripts = Readonly<Record<string, Script>>;

/** Thrown by a script to undo its work; the caller's promise rejects with a `Rollback` of an equal `reason`. */
export class Rollback extends Error {
  override readonly name = 'Rollback';
  /** Anything that can be structured-cloned. */
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('rolled back');
    this.reason = reason;
  }
}

/** The database could not do its part (disk full, I/O error, too much waiting). Nothing of the script was stored. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

export interface Database {
  /**
   * Runs a script that writes. Resolves after its transaction is durable. Whatever runs beside it, here or on another
   * node, the outcome is that of one after the other. Scripts that arrive while a commit is in flight share the next
   * one (group commit), each undone alone if it fails.
   *
   * `key`: what the script writes to, a room for instance. Scripts of one key take effect in the order of their
   * arrival; those of others may overtake them where the database runs several at once. All without one share one.
   *
   * Rejects with `Rollback`, `DatabaseUnavailable` (when the connection was lost during a commit, it may have been
   * stored all the same), or the script's own error (a bug; its work is undone).
   */
  write<T>(script: string, input: unknown, key?: string): Promise<T>;
  /** Runs a script that only reads, on one snapshot, never behind a write. */
  read<T>(script: string, input: unknown): Promise<T>;
  /** Finishes what was accepted, then closes. Later calls reject with `DatabaseUnavailable`. */
  close(): Promise<void>;
}

/** One step of the schema's history. Never changed once released. */
export interface Migration {
  /** 1, 2, 3, … without a gap. */
  readonly version: number;
  readonly name: string;
  /** Statements, run in one transaction together with the note that this version is reached. */
  readonly sql: readonly Sql[];
}

/**
 * Why a database is not opened: a newer Confab wrote it (`newer`), one with another history of the schema did
 * (`changed`), another process uses it (`in-use`), its server is not reached or does not let us in (`unreachable`), or
 * it cannot be trusted with what people say (`unsuitable`).
 */
export type RefusalReason = 'newer' | 'changed' | 'in-use' | 'unreachable' | 'unsuitable';

/** Told to the person who starts Confab: the message is a sentence for them. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}
