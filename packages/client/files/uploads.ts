import type { UserId, WireError } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { refusal } from '../confab-error.ts';
import type { ChosenFile, UploadPlace } from '../files-api.ts';
import type { FilesParts } from './files.ts';
import { defaultUploads } from './indexed-db-uploads.ts';
import { SendFiles } from './send-files.ts';
import type { UploadCells } from './upload-cells.ts';
import { UploadKeeper } from './upload-keeper.ts';
import type { UploadRecord } from './upload-record.ts';
import type { UploadStore } from './upload-store.ts';
import { UploadTable } from './upload-table.ts';

export interface UploadsParts extends FilesParts {
  readonly user: UserId;
  /** Done when all sends of this device are known. */
  readonly sendsKnown: Promise<void>;
}

/** What one person does with files on their way. Loaded when there are some, or may be. */
export class Uploads {
  readonly sends: SendFiles;
  readonly #parts: UploadsParts;
  readonly #table: UploadTable;
  readonly #keeper: UploadKeeper;
  #lastOrder = 0;

  constructor(parts: UploadsParts, cells: UploadCells, store: UploadStore) {
    this.#parts = parts;
    const { ports, asker } = parts;
    const table = new UploadTable(cells, {
      tell: (news) => this.#keeper.did(news),
      changed: ({ id }) => this.#changed(table.get(id)),
    });
    this.#table = table;
    this.sends = new SendFiles({
      ...{ ports, asker, table },
      missing: () => this.#keeper.addLost(),
      posted: (ids) => this.#keeper.posted(ids),
      discard: (id) => this.#remove(id),
    });
    this.#keeper = new UploadKeeper({ ...parts, store, table, sends: this.sends });
  }

  /** Shows and sends what this person left. */
  open(): void {
    void this.#keeper.open();
  }

  ready(): void {
    this.#keeper.next();
  }

  lost(): void {
    this.#keeper.pause();
  }

  leads(): void {
    this.#keeper.lead();
  }

  settled(): Promise<void> {
    return this.#keeper.settled();
  }

  close(): void {
    void this.#keeper.close();
    this.#table.clear();
  }

  attach(id: string, { room, thread }: UploadPlace, { data, name, about = {}, poster }: ChosenFile): void {
    this.#lastOrder = Math.max(this.#lastOrder + 1, this.#parts.ports.clock.now());
    const error = this.#tooLarge(data.size);
    const record: UploadRecord = {
      ...{ id, name, size: data.size, type: data.type, about, description: '', told: '', error },
      user: this.#parts.user,
      place: { room, thread },
      order: this.#lastOrder,
      status: error ? 'failed' : 'waiting',
      ...{ sent: 0, bytesPerSecond: null, kept: false, file: null, begun: null, clientId: null },
      poster: poster !== undefined,
    };
    this.#table.add(record, { data, poster: poster ?? null });
  }

  discard(id: string): void {
    const record = this.#table.get(id);
    if (record === undefined) return;
    this.#remove(id);
    if (record.clientId !== null) this.#parts.without(record.clientId, id);
  }

  /** The server has them for something that waits there: they are not attached any more. */
  handedOver(ids: readonly string[]): void {
    for (const id of ids) this.#table.remove(id);
  }

  retry(id: string, data?: Blob): void {
    const record = this.#table.get(id);
    if (record === undefined || !['failed', 'lost', 'waiting'].includes(record.status)) return;
    if (record.status === 'lost') {
      if (data === undefined) return;
      if (data.size === record.size) this.#table.add(again(record), { data, poster: null });
      else this.#table.change(id, { error: refusal('file-damaged').wire });
      return;
    }
    const error = this.#tooLarge(record.size);
    this.#table.change(id, error ? { error, status: 'failed' } : { error: null, status: 'waiting' });
  }

  describe(id: string, description: string): void {
    if (this.#table.get(id) === undefined) return;
    this.#table.change(id, { description: description.trim().slice(0, limits.fileDescriptionChars) });
  }

  move(id: string, before: string | null): void {
    const record = this.#table.get(id);
    if (record === undefined || record.clientId !== null || id === before) return;
    const attached = this.#table.attached(record.place);
    const others = attached.filter((each) => each.id !== id);
    const at = others.findIndex((each) => each.id === before);
    const moved = others.toSpliced(at < 0 ? others.length : at, 0, record);
    for (const [place, { order }] of attached.entries()) {
      const there = moved[place];
      if (there !== undefined && there.order !== order) this.#table.change(there.id, { order });
    }
  }

  data(id: string): Blob | null {
    return this.#table.data(id)?.data ?? null;
  }

  #tooLarge(size: number): WireError | null {
    const state = this.#parts.accounts.state.get();
    const limit = state.status === 'signed-in' ? state.instance.fileBytes : size;
    return size > limit ? refusal('file-too-large', { limit, size }).wire : null;
  }

  #remove(id: string): void {
    const file = this.#table.get(id)?.begun?.file;
    this.#table.remove(id);
    // What the server does not hear of now it deletes by itself after a day.
    if (file !== undefined) this.#parts.asker.call('file.discard', { file }).catch(() => {});
  }

  #changed(record: UploadRecord | undefined): void {
    if (record === undefined) return;
    this.#lastOrder = Math.max(this.#lastOrder, record.order);
    if (record.status === 'arrived' && record.clientId !== null) this.#parts.arrived(record.clientId);
  }
}

/** From its beginning. */
function again(record: UploadRecord): UploadRecord {
  return { ...record, status: 'waiting', kept: false, error: null, begun: null, told: '', sent: 0, file: null };
}

export function openUploads(parts: UploadsParts, cells: UploadCells, store: UploadStore | null) {
  const kept = store ?? defaultUploads(parts.server);
  return { store: kept, uploads: new Uploads(parts, cells, kept) };
}
