import { inUploadOrder, type UploadChange, type UploadData, type UploadRecord } from './upload-record.ts';

export interface StoredUpload {
  readonly record: UploadRecord;
  /** `null` where there was no room for it. */
  readonly data: UploadData | null;
}

/** Where uploads are kept until they are posted. Writes resolve when they would survive a crash of the program. */
export interface UploadStore {
  /** All that is kept, of all people, in order. */
  load(): Promise<StoredUpload[]>;
  /**
   * Adds an upload. Its bytes, which may be many, are kept a while after all else of it, or not if there is no room;
   * `kept` is called when they would survive too.
   */
  put(record: UploadRecord, data: UploadData | null, kept?: () => void): Promise<void>;
  /** Changes one, whatever other tabs changed of it meanwhile; one that is gone stays so. */
  change(id: string, change: UploadChange): Promise<void>;
  remove(id: string): Promise<void>;
  /** The largest body that came through to this server, in bytes, and when that was seen (Unix ms). */
  mostBytes(): Promise<{ bytes: number; at: number } | null>;
  keepMostBytes(bytes: number, at: number): Promise<void>;
  close(): Promise<void>;
}

/** Keeps uploads for as long as the program runs. */
export class MemoryUploads implements UploadStore {
  readonly #uploads = new Map<string, StoredUpload>();
  #most: { bytes: number; at: number } | null = null;

  load(): Promise<StoredUpload[]> {
    return Promise.resolve([...this.#uploads.values()].sort((a, b) => inUploadOrder(a.record, b.record)));
  }

  put(record: UploadRecord, data: UploadData | null): Promise<void> {
    this.#uploads.set(record.id, { record, data });
    return Promise.resolve();
  }

  change(id: string, change: UploadChange): Promise<void> {
    const stored = this.#uploads.get(id);
    if (stored) this.#uploads.set(id, { ...stored, record: { ...stored.record, ...change } });
    return Promise.resolve();
  }

  remove(id: string): Promise<void> {
    this.#uploads.delete(id);
    return Promise.resolve();
  }

  mostBytes(): Promise<{ bytes: number; at: number } | null> {
    return Promise.resolve(this.#most);
  }

  keepMostBytes(bytes: number, at: number): Promise<void> {
    this.#most = { bytes, at };
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
