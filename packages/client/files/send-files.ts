import type { FileId } from '@confab/protocol';
import type { Asker } from '../asker.ts';
import { times } from '../bounds.ts';
import { refusal } from '../confab-error.ts';
import type { ClientPorts } from '../ports.ts';
import type { QueuedSend, SendUpload } from '../sync/outbox-store.ts';
import type { UploadRecord } from './upload-record.ts';
import type { UploadTable } from './upload-table.ts';

interface SendFilesParts {
  readonly ports: ClientPorts;
  readonly asker: Asker;
  readonly table: UploadTable;
  /** Uploads that nothing is known of yet go with a send. */
  missing(): void;
  /** They are posted and need not be kept. */
  posted(ids: readonly string[]): void;
  discard(id: string): void;
}

/** Uploads as the outbox sees them: what sends bring along. */
export class SendFiles {
  readonly #parts: SendFilesParts;
  /** The send that each upload goes with. */
  readonly #sends = new Map<string, QueuedSend>();

  constructor(parts: SendFilesParts) {
    this.#parts = parts;
  }

  /** What has to be kept of uploads with the send that takes them. */
  of(ids: readonly string[]): SendUpload[] {
    return ids.flatMap((id) => {
      const record = this.#parts.table.get(id);
      if (record === undefined) return [];
      const { name, size, type, about, description, begun } = record;
      return { id, name, size, type, about, description, ...(begun ? { file: begun.file } : {}) };
    });
  }

  /** They go with that send now. */
  taken(send: QueuedSend): void {
    const { table, missing } = this.#parts;
    let isMissing = false;
    for (const { id } of send.uploads ?? []) {
      this.#sends.set(id, send);
      const record = table.get(id);
      if (record === undefined) isMissing = true;
      else if (record.clientId !== send.clientId) table.change(id, { clientId: send.clientId });
    }
    if (isMissing) missing();
  }

  sendOf(id: string): QueuedSend | undefined {
    return this.#sends.get(id);
  }

  /** Whether all that a send brings along is there. What may have been swept meanwhile is looked for first. */
  arrived(send: QueuedSend): boolean {
    return (send.uploads ?? []).map(({ id }) => this.#isThere(id)).every(Boolean);
  }

  /** Their ids on the server, once it has been told what they show. Rejects with `ConfabError`. */
  async named(uploads: readonly Pick<SendUpload, 'id'>[]): Promise<FileId[]> {
    const { table, asker } = this.#parts;
    const files: FileId[] = [];
    for (const { id } of uploads) {
      const record = table.get(id);
      if (!record?.begun) continue;
      const { description, told, begun } = record;
      if (description !== told) {
        await asker.call('file.describe', { file: begun.file, description });
        table.change(id, { told: description });
      }
      files.push(begun.file);
    }
    return files;
  }

  /** The same of what goes with no send. Rejects with `file-incomplete` as long as one of them has not arrived. */
  async handedOver(ids: readonly string[]): Promise<FileId[]> {
    if (!ids.map((id) => this.#isThere(id)).every(Boolean)) throw refusal('file-incomplete');
    return this.named(ids.map((id) => ({ id })));
  }

  /** The same at once; `null` when the server has still to be told something. */
  namesNow(uploads: readonly SendUpload[]): FileId[] | null {
    const records = uploads.map(({ id }) => this.#parts.table.get(id));
    const isTold = (record: UploadRecord | undefined) =>
      record?.status === 'arrived' && record.description === record.told;
    return records.every(isTold) ? records.flatMap((record) => record?.begun?.file ?? []) : null;
  }

  posted(send: QueuedSend): void {
    const ids = (send.uploads ?? []).map(({ id }) => id);
    if (ids.length > 0) this.#parts.posted(ids);
  }

  /** The room shows the message, and its files with it. */
  shown(send: QueuedSend): void {
    for (const { id } of send.uploads ?? []) {
      this.#sends.delete(id);
      this.#parts.table.hear({ kind: 'gone', id });
    }
  }

  discarded(send: QueuedSend): void {
    for (const { id } of send.uploads ?? []) {
      this.#sends.delete(id);
      this.#parts.discard(id);
    }
  }

  /** A send that was refused is tried again: its files may not be there any more. */
  renewed(send: QueuedSend): void {
    for (const { id } of send.uploads ?? []) {
      if (this.#parts.table.get(id)?.status === 'arrived') this.#parts.table.change(id, { status: 'waiting' });
    }
  }

  /** Of those that sends bring along, the ones that are not known. */
  unknown(): { send: QueuedSend; upload: SendUpload }[] {
    return [...this.#sends.entries()].flatMap(([id, send]) => {
      const upload = send.uploads?.find((each) => each.id === id);
      return upload === undefined || this.#parts.table.get(id) ? [] : { send, upload };
    });
  }

  clear(): void {
    this.#sends.clear();
  }

  #isThere(id: string): boolean {
    const { table, ports } = this.#parts;
    const record = table.get(id);
    if (record?.status !== 'arrived' || record.begun === null) return false;
    if (ports.clock.now() - record.begun.at < times.uploadFreshMs) return true;
    table.change(id, { status: 'waiting' });
    return false;
  }
}
