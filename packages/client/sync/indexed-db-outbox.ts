import { inQueueOrder, MemoryOutbox, type OutboxStore, type QueuedSend } from './outbox-store.ts';
import { type JournalStorage, SendJournal } from './send-journal.ts';

const table = 'sends';

/** Keeps sends in the browser: they survive a closed tab, a crash and a restart. Shared by all tabs of the origin. */
export class IndexedDbOutbox implements OutboxStore {
  readonly #factory: IDBFactory;
  readonly #name: string;
  readonly #journal: SendJournal | null;
  /** Opened when first needed, and again after a close. */
  #opened: Promise<IDBDatabase> | null = null;

  /** `journal`: where a send is kept until the database has it, usually `localStorage`. */
  constructor(factory: IDBFactory, name: string, journal: JournalStorage | null = null) {
    this.#factory = factory;
    this.#name = name;
    this.#journal = journal === null ? null : new SendJournal(journal, name);
  }

  note(send: QueuedSend): void {
    this.#journal?.note(send);
  }

  async load(): Promise<QueuedSend[]> {
    const database = await this.#database();
    const request = database.transaction(table, 'readonly').objectStore(table).getAll() as IDBRequest<QueuedSend[]>;
    const stored = await resultOf(request);
    // What is noted is the later word: the database was not done with it.
    const noted = this.#journal?.noted() ?? [];
    const later = new Set(noted.map((send) => send.clientId));
    for (const send of noted) await this.put(send);
    return [...stored.filter((send) => !later.has(send.clientId)), ...noted].sort(inQueueOrder);
  }

  async put(send: QueuedSend): Promise<void> {
    await this.#write((sends) => sends.put(send));
    this.#journal?.forget(send.clientId);
  }

  async remove(clientId: string): Promise<void> {
    await this.#write((sends) => sends.delete(clientId));
    this.#journal?.forget(clientId);
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    (await opened?.catch(() => null))?.close();
  }

  #database(): Promise<IDBDatabase> {
    this.#opened ??= open(this.#factory, this.#name);
    return this.#opened;
  }

  async #write(change: (sends: IDBObjectStore) => IDBRequest): Promise<void> {
    const database = await this.#database();
    // `strict`: on disk when complete, not only in the operating system's cache.
    const transaction = database.transaction(table, 'readwrite', { durability: 'strict' });
    change(transaction.objectStore(table));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the write was aborted'));
    });
  }
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(table, { keyPath: 'clientId' });
  };
  return resultOf(request);
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

/** The best that this place offers: IndexedDB in a browser that allows it, otherwise memory. */
export function defaultOutbox(server: string): OutboxStore {
  return typeof indexedDB === 'undefined'
    ? new MemoryOutbox()
    : new IndexedDbOutbox(indexedDB, `confab-outbox ${server}`, journalStorage());
}

/** A browser may forbid the very look at it. */
function journalStorage(): JournalStorage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
