import type { QueuedSend } from './outbox-store.ts';

/** What of the Web Storage interface a journal uses. */
export type JournalStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * A place that keeps a send at once, before the program does anything else: a tab may be closed in the moment between
 * Enter and the end of a database's transaction. Small, so a send stays here only until the database has it.
 */
export class SendJournal {
  readonly #storage: JournalStorage;
  readonly #prefix: string;

  constructor(storage: JournalStorage, name: string) {
    this.#storage = storage;
    this.#prefix = `${name} send `;
  }

  note(send: QueuedSend): void {
    try {
      this.#storage.setItem(this.#prefix + send.clientId, JSON.stringify(send));
    } catch {
      // Full or forbidden: the database alone keeps it, some milliseconds later.
    }
  }

  forget(clientId: string): void {
    this.#storage.removeItem(this.#prefix + clientId);
  }

  noted(): QueuedSend[] {
    const sends: QueuedSend[] = [];
    for (let index = 0; index < this.#storage.length; index += 1) {
      const key = this.#storage.key(index);
      const text = key?.startsWith(this.#prefix) ? this.#storage.getItem(key) : null;
      if (text !== null && text !== undefined) sends.push(JSON.parse(text) as QueuedSend);
    }
    return sends;
  }
}
