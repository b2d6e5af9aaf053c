import { inUploadOrder, type UploadChange, type UploadData, type UploadRecord } from './upload-record.ts';
import { MemoryUploads, type StoredUpload, type UploadStore } from './upload-store.ts';

const records = 'uploads';
const bytes = 'data';
const notes = 'notes';
const mostBytesKey = 'most bytes';

/** Keeps uploads in the browser. Shared by all tabs of the origin. */
export class IndexedDbUploads implements UploadStore {
  readonly #factory: IDBFactory;
  readonly #name: string;
  /** Opened when first needed, and again after a close. */
  #opened: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, name: string) {
    this.#factory = factory;
    this.#name = name;
  }

  async load(): Promise<StoredUpload[]> {
    const database = await this.#database();
    const transaction = database.transaction([records, bytes], 'readonly');
    const [found, keys, blobs] = await Promise.all([
      resultOf<UploadRecord[]>(transaction.objectStore(records).getAll()),
      resultOf<IDBValidKey[]>(transaction.objectStore(bytes).getAllKeys()),
      resultOf<UploadData[]>(transaction.objectStore(bytes).getAll()),
    ]);
    const dataOf = new Map(keys.map((key, index) => [key, blobs[index] ?? null]));
    return found.sort(inUploadOrder).map((record) => ({ record, data: dataOf.get(record.id) ?? null }));
  }

  async put(record: UploadRecord, data: UploadData | null, kept: () => void = () => {}): Promise<void> {
    await this.#write([records], (transaction) => transaction.objectStore(records).put(record));
    if (data === null) return;
    // Where there is no room for them, or this browser keeps no blobs, the page has them for as long as it is there.
    this.#write([bytes], (transaction) => transaction.objectStore(bytes).put(data, record.id)).then(kept, () => {});
  }

  async change(id: string, change: UploadChange): Promise<void> {
    await this.#write([records], (transaction) => {
      const store = transaction.objectStore(records);
      const request = store.get(id) as IDBRequest<UploadRecord | undefined>;
      request.onsuccess = () => {
        if (request.result !== undefined) store.put({ ...request.result, ...change });
      };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#write([records, bytes], (transaction) => {
      transaction.objectStore(records).delete(id);
      transaction.objectStore(bytes).delete(id);
    });
  }

  async mostBytes(): Promise<{ bytes: number; at: number } | null> {
    const store = (await this.#database()).transaction(notes, 'readonly').objectStore(notes);
    return (await resultOf<{ bytes: number; at: number } | undefined>(store.get(mostBytesKey))) ?? null;
  }

  async keepMostBytes(most: number, at: number): Promise<void> {
    await this.#write([notes], (transaction) => transaction.objectStore(notes).put({ bytes: most, at }, mostBytesKey));
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

  async #write(tables: string[], change: (transaction: IDBTransaction) => void): Promise<void> {
    const database = await this.#database();
    // `strict`: on disk when complete, not only in the operating system's cache.
    const transaction = database.transaction(tables, 'readwrite', { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the write was aborted'));
    });
    change(transaction);
    await done;
  }
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(records, { keyPath: 'id' });
    request.result.createObjectStore(bytes);
    request.result.createObjectStore(notes);
  };
  return resultOf(request);
}

function resultOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

/** The best that this place offers: IndexedDB in a browser that allows it, otherwise memory. */
export function defaultUploads(server: string): UploadStore {
  return typeof indexedDB === 'undefined'
    ? new MemoryUploads()
    : new IndexedDbUploads(indexedDB, `confab-uploads ${server}`);
}
