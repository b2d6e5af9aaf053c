import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inQueueOrder, type OutboxStore, type QueuedSend } from '../sync/outbox-store.ts';

/** Keeps sends in one file, replaced as a whole: after a crash it holds the state before or after a change. */
export class FileOutbox implements OutboxStore {
  readonly #file: string;
  #sends: Promise<Map<string, QueuedSend>> | null = null;
  /** The write that has not begun; changes that come meanwhile go with it. */
  #next: Promise<void> | null = null;
  #current: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  async load(): Promise<QueuedSend[]> {
    return [...(await this.#loaded()).values()].sort(inQueueOrder);
  }

  async put(send: QueuedSend): Promise<void> {
    (await this.#loaded()).set(send.clientId, send);
    await this.#write();
  }

  async remove(clientId: string): Promise<void> {
    if ((await this.#loaded()).delete(clientId)) await this.#write();
  }

  async close(): Promise<void> {
    await this.#next;
    await this.#current;
  }

  #loaded(): Promise<Map<string, QueuedSend>> {
    this.#sends ??= this.#readFile();
    return this.#sends;
  }

  async #readFile(): Promise<Map<string, QueuedSend>> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
      throw error;
    }
    const sends = JSON.parse(text) as QueuedSend[];
    return new Map(sends.map((send) => [send.clientId, send]));
  }

  #write(): Promise<void> {
    this.#next ??= this.#current
      .catch(() => {})
      .then(() => {
        this.#current = this.#next ?? Promise.resolve();
        this.#next = null;
        return this.#replaceFile();
      });
    return this.#next;
  }

  /** The new content is on disk before it takes the old one's name, and the name before this resolves. */
  async #replaceFile(): Promise<void> {
    const sends = [...(await this.#loaded()).values()];
    const folder = dirname(this.#file);
    await mkdir(folder, { recursive: true });
    const next = `${this.#file}.next`;
    const file = await open(next, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(sends));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, this.#file);
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
