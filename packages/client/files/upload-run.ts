import type { FileId, Result } from '@confab/protocol';
import { errors } from '@confab/protocol/error-codes.ts';
import { times } from '../bounds.ts';
import { ConfabError, refusal } from '../confab-error.ts';
import type { ChunkSize } from './chunk-size.ts';
import type { SendFiles } from './send-files.ts';
import { Speed } from './speed.ts';
import { TransferFailure, transfer } from './transfer.ts';
import type { UploadTable } from './upload-table.ts';
import type { UploadsParts } from './uploads.ts';

export interface UploadRunParts extends UploadsParts {
  readonly table: UploadTable;
  readonly sends: SendFiles;
  readonly chunk: ChunkSize;
  /** So many bytes of it the server has for good. */
  kept(bytes: number): void;
}

/** One try to bring one upload to its end. Rejects when it did not get there. */
export class UploadRun {
  readonly #parts: UploadRunParts;
  readonly #id: string;
  readonly #signal: AbortSignal;
  readonly #speed = new Speed();
  #toldAt = Number.NEGATIVE_INFINITY;
  #poster: Promise<void> | null = null;

  constructor(parts: UploadRunParts, id: string, signal: AbortSignal) {
    this.#parts = parts;
    this.#id = id;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { table, asker, sends } = this.#parts;
    const known = await this.#known();
    if (known?.placed.message && sends.sendOf(this.#id) === undefined) {
      table.remove(this.#id);
      return;
    }
    const data = table.data(this.#id)?.data;
    const isHere = data !== undefined && (await isReadable(data));
    this.#signal.throwIfAborted();
    if (isHere && known?.arrived !== true) await this.#transfer(data);
    const file = table.get(this.#id)?.begun?.file;
    if (file === undefined) return this.#lost();
    this.#sendPoster(file);
    await this.#poster;
    try {
      const arrived = known?.arrived ? known.placed : await asker.call('file.complete', { file });
      this.#signal.throwIfAborted();
      const { size = 0 } = table.get(this.#id) ?? {};
      table.change(this.#id, { status: 'arrived', file: arrived.file, sent: size, bytesPerSecond: null, error: null });
    } catch (error) {
      // The server may have all of it though this device has not.
      if (isHere || !(error instanceof ConfabError) || error.code !== 'file-incomplete') throw error;
      this.#lost();
    }
  }

  #lost(): void {
    this.#parts.table.change(this.#id, { status: 'lost', bytesPerSecond: null });
  }

  /** What the server has of it; `null` when it is to be begun. */
  async #known(): Promise<Result<'file.show'> | null> {
    const { table, asker } = this.#parts;
    const begun = table.get(this.#id)?.begun ?? null;
    if (begun === null) return null;
    try {
      return await asker.call('file.show', { file: begun.file });
    } catch (error) {
      if (!(error instanceof ConfabError) || error.code !== 'not-found') throw error;
      this.#beginAnew();
      return null;
    } finally {
      this.#signal.throwIfAborted();
    }
  }

  /** What waits too long to be posted is swept. */
  #beginAnew(): void {
    this.#parts.table.change(this.#id, { begun: null, told: '', sent: 0, file: null });
  }

  async #transfer(data: Blob): Promise<void> {
    const { table, ports } = this.#parts;
    const record = table.get(this.#id);
    if (record === undefined) return;
    const { name, about, place, begun } = record;
    const told = Object.keys(about).length === 0 ? {} : { about: JSON.stringify(about) };
    try {
      await transfer(
        this.#transferParts(),
        {
          data,
          file: begun?.file ?? null,
          metadata: { room: place.room, filename: name, ...told },
          begun: (file) => {
            if (begun === null) table.change(this.#id, { begun: { file, at: ports.clock.now() } });
            this.#sendPoster(file);
          },
          progress: (sent) => this.#progress(sent),
          kept: (bytes) => this.#parts.kept(bytes),
        },
        this.#signal,
      );
    } catch (error) {
      if (error instanceof TransferFailure) await this.#explain(error, data.size);
      throw error;
    }
  }

  /** Throws what Confab says of it where the answer itself says nothing. */
  async #explain({ said: { method, status, wire } }: TransferFailure, size: number): Promise<void> {
    const { table, asker } = this.#parts;
    const file = table.get(this.#id)?.begun?.file;
    if (method !== 'POST' && (status === 404 || status === 410)) this.#beginAnew();
    else if (method === 'POST' && status === 413 && wire === null) {
      throw refusal('file-too-large', { limit: (await asker.call('instance.show', {})).fileBytes, size });
    } else if (method === 'HEAD' && file !== undefined && refusedStatuses.includes(status ?? 0)) {
      await asker.call('file.complete', { file });
    }
  }

  /** Once there is what it stands for. A picture that is not taken keeps nothing from being sent. */
  #sendPoster(posterOf: FileId): void {
    const { table } = this.#parts;
    const poster = table.data(this.#id)?.poster ?? null;
    if (poster === null || table.get(this.#id)?.poster !== true) return;
    this.#poster ??= this.#transferPoster(poster, posterOf);
    // Heard of where it is waited for.
    this.#poster.catch(() => {});
  }

  async #transferPoster(data: Blob, posterOf: FileId): Promise<void> {
    const { table } = this.#parts;
    const { place } = table.get(this.#id) ?? {};
    if (place === undefined) return;
    const metadata = { room: place.room, filename: 'poster', posterOf };
    try {
      const given = { data, file: null, metadata, begun() {}, progress() {}, kept() {} };
      await transfer(this.#transferParts(), given, this.#signal);
    } catch (error) {
      const isRefused = error instanceof TransferFailure && error.wire !== null && error.wire.retry !== 'later';
      if (!isRefused) throw error;
    }
    table.change(this.#id, { poster: false });
  }

  #transferParts() {
    const { ports, server, accounts, chunk } = this.#parts;
    const { token } = accounts;
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    return { ports, endpoint: `${server}/api/v1/uploads`, headers, chunk };
  }

  #progress(sent: number): void {
    const { ports, table } = this.#parts;
    const now = ports.clock.monotonic();
    this.#speed.saw(sent, now);
    if (now - this.#toldAt < times.progressEveryMs) return;
    this.#toldAt = now;
    table.pass(this.#id, { sent, bytesPerSecond: this.#speed.bytesPerSecond });
  }
}

/** With which a file is refused that has arrived. An answer to HEAD has no body to say why. */
const refusedStatuses: readonly number[] = [errors['file-refused'].status, errors['file-damaged'].status];

/** A file that was changed or taken away after it was chosen is not. */
async function isReadable(data: Blob): Promise<boolean> {
  try {
    await data.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
