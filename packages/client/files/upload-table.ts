import type { Upload, UploadPlace } from '../files-api.ts';
import { placeKey, type UploadCells } from './upload-cells.ts';
import { inUploadOrder, type UploadChange, type UploadData, type UploadRecord } from './upload-record.ts';

/** What happens to uploads, for the store and the other tabs. */
export type UploadNews =
  | { readonly kind: 'added'; readonly record: UploadRecord; readonly data: UploadData | null }
  /** `passing`: how far it is, which is not worth keeping. */
  | { readonly kind: 'changed'; readonly id: string; readonly change: UploadChange; readonly passing: boolean }
  | { readonly kind: 'gone'; readonly id: string };

interface UploadTableHandlers {
  /** This tab did something. */
  tell(news: UploadNews): void;
  /** Something of an upload is different, whoever did it. */
  changed(record: UploadRecord): void;
}

/** The uploads of one person, as all tabs see them. */
export class UploadTable {
  readonly #handlers: UploadTableHandlers;
  readonly #records = new Map<string, UploadRecord>();
  readonly #data = new Map<string, UploadData>();
  readonly #cells: UploadCells;

  constructor(cells: UploadCells, handlers: UploadTableHandlers) {
    this.#cells = cells;
    this.#handlers = handlers;
    cells.shown = this;
  }

  all(): UploadRecord[] {
    return [...this.#records.values()].sort(inUploadOrder);
  }

  get(id: string): UploadRecord | undefined {
    return this.#records.get(id);
  }

  data(id: string): UploadData | null {
    return this.#data.get(id) ?? null;
  }

  /** Those that go with no send yet. */
  attached(place: UploadPlace): readonly UploadRecord[] {
    const key = placeKey(place);
    return this.all().filter((record) => record.clientId === null && placeKey(record.place) === key);
  }

  add(record: UploadRecord, data: UploadData | null): void {
    this.#do({ kind: 'added', record, data });
  }

  change(id: string, change: UploadChange): void {
    this.#do({ kind: 'changed', id, change, passing: false });
  }

  /** Shows how far it is. */
  pass(id: string, change: UploadChange): void {
    this.#do({ kind: 'changed', id, change, passing: true });
  }

  remove(id: string): void {
    this.#do({ kind: 'gone', id });
  }

  /** Another tab did it, or it was kept. */
  hear(news: UploadNews): void {
    if (news.kind === 'added') {
      this.#records.set(news.record.id, news.record);
      if (news.data !== null) this.#data.set(news.record.id, news.data);
      this.#show(news.record);
      return;
    }
    const { id } = news;
    const before = this.#records.get(id);
    if (before === undefined) return;
    if (news.kind === 'changed') {
      const record = { ...before, ...news.change };
      this.#records.set(id, record);
      this.#show(record);
    } else {
      this.#records.delete(id);
      this.#data.delete(id);
      this.#show(before);
    }
  }

  clear(): void {
    const records = this.all();
    this.#records.clear();
    this.#data.clear();
    for (const record of records) this.#show(record);
  }

  #do(news: UploadNews): void {
    this.hear(news);
    this.#handlers.tell(news);
  }

  #show(record: UploadRecord): void {
    const { places, uploads } = this.#cells;
    uploads.set(record.id, this.#records.get(record.id));
    const key = placeKey(record.place);
    if (places.keys().includes(key)) places.set(key, same(places.cell(key).get(), this.attached(record.place)));
    this.#cells.unkept.set([...this.#records.values()].some((each) => this.#isUnkept(each)));
    this.#handlers.changed(record);
  }

  #isUnkept({ id, status, kept }: UploadRecord): boolean {
    return !kept && (status === 'waiting' || status === 'sending') && this.#data.has(id);
  }
}

/** What was there before, where nothing of it changed. */
function same(before: readonly Upload[], after: readonly Upload[]): readonly Upload[] {
  return before.length === after.length && after.every((upload, at) => upload === before[at]) ? before : after;
}
