import { times } from '../bounds.ts';
import type { QueuedSend, SendUpload } from '../sync/outbox-store.ts';
import { ChunkSize } from './chunk-size.ts';
import type { SendFiles } from './send-files.ts';
import type { UploadData, UploadRecord } from './upload-record.ts';
import { UploadRuns } from './upload-runs.ts';
import type { UploadStore } from './upload-store.ts';
import type { UploadNews, UploadTable } from './upload-table.ts';
import type { UploadsParts } from './uploads.ts';

interface UploadKeeperParts extends UploadsParts {
  readonly store: UploadStore;
  readonly table: UploadTable;
  readonly sends: SendFiles;
}

/**
 * Keeps one person's uploads across reloads, tells the other tabs of them, and has them sent: by the tab that sends
 * messages, whichever tab they were chosen in.
 */
export class UploadKeeper {
  readonly #parts: UploadKeeperParts;
  readonly #store: UploadStore;
  #channel: { post(message: unknown): void; close(): void } | null = null;
  #runs: UploadRuns | null = null;
  #written: Promise<unknown> = Promise.resolve();
  #loaded = false;
  #closed = false;

  constructor(parts: UploadKeeperParts) {
    this.#parts = parts;
    this.#store = parts.store;
  }

  /** Shows what is kept, once it is known which sends there are. */
  async open(): Promise<void> {
    const { ports, server, user, sendsKnown } = this.#parts;
    this.#channel = ports.tabs.channel(`confab-uploads ${server} ${user}`, (news) => this.#heard(news as UploadNews));
    const most = await this.#store.mostBytes().catch(() => null);
    const isFresh = most !== null && ports.clock.now() - most.at < times.mostBytesMs;
    const chunk = new ChunkSize(isFresh ? most.bytes : undefined);
    await sendsKnown;
    if (this.#closed) return;
    this.#runs = new UploadRuns({
      ...this.#parts,
      chunk,
      tooLarge: () => this.#write(() => this.#store.keepMostBytes(chunk.most, ports.clock.now())),
    });
    await this.#load();
    if (this.#parts.leading()) this.#takeOver();
  }

  /** This tab did something with an upload. */
  did(news: UploadNews): void {
    if (news.kind === 'added') this.#put(news.record, news.data);
    else if (news.kind === 'gone') this.#write(() => this.#store.remove(news.id));
    else if (!news.passing) this.#write(() => this.#store.change(news.id, news.change));
    this.#channel?.post(news);
    this.#react(news);
  }

  posted(ids: readonly string[]): void {
    for (const id of ids) this.#write(() => this.#store.remove(id));
  }

  /** Whatever sends bring along that was not kept. */
  addLost(): void {
    const { table, sends } = this.#parts;
    if (!this.#loaded) return;
    for (const { send, upload } of sends.unknown()) {
      table.hear({ kind: 'added', record: lostRecord(send, upload), data: null });
    }
    this.#runs?.next();
  }

  next(): void {
    this.#runs?.wake();
  }

  pause(): void {
    this.#runs?.pause();
  }

  /** From now on this tab sends: what another one had begun, and what only the store has. */
  lead(): void {
    if (this.#loaded && this.#parts.leading()) void this.#load().then(() => this.#takeOver());
  }

  async settled(): Promise<void> {
    await this.#written;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#runs?.stop();
    this.#channel?.close();
    await this.#written;
    await this.#store.close();
  }

  #put(record: UploadRecord, data: UploadData | null): void {
    const { table } = this.#parts;
    const isKept = () => {
      // It may be another one by now, chosen again.
      if (!this.#closed && table.data(record.id) === data) table.change(record.id, { kept: true });
    };
    this.#write(() => this.#store.put(record, data, isKept));
  }

  #heard(news: UploadNews): void {
    if (this.#closed) return;
    this.#parts.table.hear(news);
    this.#react(news);
  }

  #react(news: UploadNews): void {
    const runs = this.#runs;
    if (runs === null) return;
    if (news.kind === 'gone') runs.reset(news.id);
    // Somebody wants it to be tried now.
    else if (news.kind === 'changed' && !news.passing && news.change.status === 'waiting') runs.reset(news.id);
    runs.next();
  }

  async #load(): Promise<void> {
    const { table, user } = this.#parts;
    await this.#written;
    const stored = await this.#store.load().catch(() => []);
    if (this.#closed) return;
    for (const { record, data } of stored) {
      if (record.user !== user) continue;
      const known = table.get(record.id);
      const waiting = record.status === 'sending' ? ('waiting' as const) : record.status;
      const shown = known ?? { ...record, status: waiting, kept: data !== null };
      if (known === undefined || table.data(record.id) === null) {
        table.hear({ kind: 'added', record: this.#withSend(shown), data });
      }
    }
    this.#loaded = true;
    this.addLost();
  }

  #withSend(record: UploadRecord): UploadRecord {
    const send = this.#parts.sends.sendOf(record.id);
    return send === undefined ? record : { ...record, clientId: send.clientId };
  }

  #takeOver(): void {
    const { table, sends } = this.#parts;
    if (this.#closed) return;
    for (const { id, status, clientId } of table.all()) {
      if (status === 'sending' && this.#runs?.isRunning(id) === false) table.pass(id, { status: 'waiting' });
      // Its send is gone: it was posted, or the program ended before the send was kept. The server knows which.
      if (clientId !== null && sends.sendOf(id) === undefined) table.change(id, { clientId: null, status: 'waiting' });
    }
    this.#runs?.next();
  }

  /** One after another. What cannot be kept is sent all the same. */
  #write(work: () => Promise<void>): void {
    this.#written = this.#written.then(work).catch(() => {});
  }
}

/** Of an upload that only its send knows: the server may have it. */
function lostRecord(send: QueuedSend, { id, name, size, type, about, description, file }: SendUpload): UploadRecord {
  return {
    ...{ id, name, size, type, order: send.queuedAt, user: send.user, clientId: send.clientId },
    place: { room: send.room, thread: send.context?.thread ?? null },
    about: about ?? {},
    description: description ?? '',
    status: 'waiting',
    ...{ sent: 0, bytesPerSecond: null, kept: false, error: null, file: null, told: '', poster: false },
    begun: file === undefined ? null : { file, at: send.queuedAt },
  };
}
