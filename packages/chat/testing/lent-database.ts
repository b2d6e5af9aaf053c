import { type Database, DatabaseUnavailable } from '@confab/storage';

/** A database of one test: it knows what was asked of it, and is given back instead of closed. */
export class LentDatabase implements Database {
  readonly #database: Database;
  readonly #giveBack: () => Promise<void>;
  readonly #asked = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  /** `giveBack` is called once, when everything that was asked is done. */
  constructor(database: Database, giveBack: () => Promise<void>) {
    this.#database = database;
    this.#giveBack = giveBack;
  }

  write<T>(script: string, input: unknown, key?: string): Promise<T> {
    return this.#ask(() => this.#database.write<T>(script, input, key));
  }

  read<T>(script: string, input: unknown): Promise<T> {
    return this.#ask(() => this.#database.read<T>(script, input));
  }

  /** Resolves when everything that was asked so far is done, also what nobody waits for. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#asked);
  }

  close(): Promise<void> {
    this.#closing ??= this.settled().then(() => this.#giveBack());
    return this.#closing;
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) return Promise.reject(new DatabaseUnavailable('the database is closed'));
    const answer = ask();
    this.#asked.add(answer);
    const forget = () => void this.#asked.delete(answer);
    answer.then(forget, forget);
    return answer;
  }
}
