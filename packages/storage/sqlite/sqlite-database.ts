import type { Database } from '../database.ts';
import type { BatchQueue } from './batch-queue.ts';

export interface SqliteDatabaseParts {
  readonly writes: BatchQueue;
  readonly reads: BatchQueue;
  /** Lets others have the file. */
  readonly release: () => void;
}

/** The database port on SQLite: one writer, any number of readers. */
export class SqliteDatabase implements Database {
  readonly #parts: SqliteDatabaseParts;
  #closing: Promise<void> | undefined;

  constructor(parts: SqliteDatabaseParts) {
    this.#parts = parts;
  }

  write<T>(script: string, input: unknown): Promise<T> {
    return this.#parts.writes.submit<T>(script, input);
  }

  read<T>(script: string, input: unknown): Promise<T> {
    return this.#parts.reads.submit<T>(script, input);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await Promise.all([this.#parts.reads.drain(), this.#parts.writes.drain()]);
      // The writer is the last to leave: it copies the log back and removes it.
      await this.#parts.reads.closeLanes();
      await this.#parts.writes.closeLanes();
    } finally {
      this.#parts.release();
    }
  }
}
