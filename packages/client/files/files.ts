import type { FileId, MessageId, Params, PlacedFile, Result, RoomId, UserId } from '@confab/protocol';
import { createIdFactory } from '@confab/protocol/ids.ts';
import type { AccountState, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import { refusal } from '../confab-error.ts';
import type { ChosenFile, FilesApi, Upload, UploadPlace } from '../files-api.ts';
import type { ClientPorts } from '../ports.ts';
import type { OutboxFiles } from '../sync/outbox.ts';
import type { QueuedSend, SendUpload } from '../sync/outbox-store.ts';
import type { SendFiles } from './send-files.ts';
import { placeKey, UploadCells } from './upload-cells.ts';
import type { UploadStore } from './upload-store.ts';
import type { Uploads } from './uploads.ts';

export interface FilesParts {
  readonly ports: ClientPorts;
  readonly asker: Asker;
  /** The server's origin, without a slash at the end. */
  readonly server: string;
  readonly accounts: { readonly state: Store<AccountState>; readonly token: string | null };
  /** Whether this tab sends, for all. */
  leading(): boolean;
  /** Whether the connection is up and belongs to the person. */
  ready(): boolean;
  /** Something that goes with that send has arrived. */
  arrived(clientId: string): void;
  /** That send does without it. */
  without(clientId: string, upload: string): void;
}

/** Files on their way and in rooms. What keeps and sends them is loaded when there is something to send, or may be. */
export class Files implements FilesApi {
  readonly #parts: FilesParts;
  readonly #newId: () => string;
  readonly #cells = new UploadCells();
  /** `null`: the best that this place offers. */
  #store: UploadStore | null;
  #uploads: Uploads | null = null;
  #isLoading = false;
  /** What is to be done once they are loaded. */
  #tasks: ((uploads: Uploads) => void)[] = [];
  #person: { readonly user: UserId; readonly sendsKnown: Promise<void> } | null = null;

  constructor(parts: FilesParts, store: UploadStore | null) {
    this.#parts = parts;
    this.#store = store;
    const { clock, random } = parts.ports;
    this.#newId = createIdFactory({ now: clock.now, randomBytes: (count) => random.bytes(count) });
  }

  readonly sends: OutboxFiles & Pick<SendFiles, 'named' | 'namesNow'> = {
    of: (ids) => this.#uploads?.sends.of(ids) ?? ids.map((id) => this.#early(id)),
    taken: (send) => {
      for (const { id } of send.uploads ?? []) this.#cells.take(id);
      this.#with(send, (sends) => sends.taken(send));
    },
    arrived: (send) => send.uploads === undefined || this.#uploads?.sends.arrived(send) === true,
    posted: (send) => this.#with(send, (sends) => sends.posted(send)),
    shown: (send) => this.#with(send, (sends) => sends.shown(send)),
    discarded: (send) => this.#with(send, (sends) => sends.discarded(send)),
    renewed: (send) => this.#with(send, (sends) => sends.renewed(send)),
    named: async (uploads) => this.#uploads?.sends.named(uploads) ?? [],
    namesNow: (uploads) => this.#uploads?.sends.namesNow(uploads) ?? null,
  };

  /**
   * Has the server take uploads for something else than a send: `use` gets their ids there, and once it is done they are
   * attached no more. Rejects with `file-incomplete` as long as one of them has not arrived.
   */
  async handOver<T>(ids: readonly string[], use: (files: FileId[]) => Promise<T>): Promise<T> {
    if (ids.length === 0) return use([]);
    if (this.#uploads === null) throw refusal('file-incomplete');
    const done = await use(await this.#uploads.sends.handedOver(ids));
    this.#do((uploads) => uploads.handedOver(ids));
    return done;
  }

  /** Shows and sends what this person left; anyone else's stays where it is. */
  open(user: UserId, sendsKnown: Promise<void>): void {
    if (this.#person?.user === user) return;
    this.#person = { user, sendsKnown };
    this.#loadIfKept();
  }

  /** The connection came back. */
  ready(): void {
    if (this.#uploads === null) this.#loadIfKept();
    else this.#uploads.ready();
  }

  /** There is no connection: nothing is sent. */
  lost(): void {
    this.#uploads?.lost();
  }

  /** This tab sends from now on. */
  leads(): void {
    this.#uploads?.leads();
  }

  /** Hides everything. What is on its way stays kept. */
  close(): void {
    this.#uploads?.close();
    this.#uploads = null;
    this.#person = null;
    this.#cells.clear();
    this.#tasks = [];
  }

  /** Waits until all that was done so far is kept. */
  async settled(): Promise<void> {
    await this.#uploads?.settled();
  }

  get unkept(): Store<boolean> {
    return this.#cells.unkept;
  }

  attached(place: UploadPlace): Store<readonly Upload[]> {
    return this.#cells.places.cell(placeKey(place));
  }

  upload(id: string): Store<Upload | undefined> {
    return this.#cells.uploads.cell(id);
  }

  attach(place: UploadPlace, files: readonly ChosenFile[]): readonly string[] {
    if (this.#person === null) throw refusal('unauthenticated');
    return files.map((file) => {
      const id = this.#newId();
      if (this.#uploads === null) this.#cells.add(id, place, file);
      this.#do((uploads) => uploads.attach(id, place, file));
      return id;
    });
  }

  discard(id: string): void {
    this.#cells.take(id);
    this.#do((uploads) => uploads.discard(id));
  }

  retry(id: string, data?: Blob): void {
    this.#do((uploads) => uploads.retry(id, data));
  }

  describe(id: string, description: string): void {
    this.#do((uploads) => uploads.describe(id, description));
  }

  move(id: string, before: string | null): void {
    this.#do((uploads) => uploads.move(id, before));
  }

  data(id: string): Blob | null {
    return this.#uploads?.data(id) ?? this.#cells.data(id);
  }

  address(file: FileId, { preview, download }: { preview?: number; download?: boolean } = {}): string {
    const query = [preview === undefined ? '' : `preview=${preview}`, download ? 'download' : ''].filter(Boolean);
    return `${this.#parts.server}/api/v1/files/${file}/content${query.length > 0 ? `?${query.join('&')}` : ''}`;
  }

  signedAddress(file: FileId): Promise<Result<'file.address'>> {
    return this.#parts.asker.call('file.address', { file });
  }

  list(room: RoomId, filter: Omit<Params<'file.list'>, 'room'> = {}): Promise<Result<'file.list'>> {
    return this.#parts.asker.call('file.list', { room, ...filter });
  }

  async show(file: FileId): Promise<PlacedFile> {
    return (await this.#parts.asker.call('file.show', { file })).placed;
  }

  entries(file: FileId): Promise<Result<'file.entries'>> {
    return this.#parts.asker.call('file.entries', { file });
  }

  async remove(message: MessageId, file: FileId): Promise<void> {
    await this.#parts.asker.call('message.remove-file', { message, file });
  }

  async setDescription(file: FileId, description: string): Promise<void> {
    await this.#parts.asker.call('file.describe', { file, description });
  }

  #early(id: string): SendUpload {
    const { name = '', size = 0, type = '', about = {} } = this.#cells.get(id) ?? {};
    return { id, name, size, type, about };
  }

  #with(send: QueuedSend, task: (sends: SendFiles) => void): void {
    if (send.uploads !== undefined) this.#do(({ sends }) => task(sends));
  }

  /** At once where it is loaded, otherwise then; in the order in which it is asked for. */
  #do(task: (uploads: Uploads) => void): void {
    if (this.#uploads !== null) task(this.#uploads);
    else if (this.#person !== null) {
      this.#tasks.push(task);
      this.#load();
    }
  }

  /** Something may have been kept here, or waits for what could not be loaded before. */
  #loadIfKept(): void {
    if (this.#store !== null || this.#tasks.length > 0 || typeof indexedDB !== 'undefined') this.#load();
  }

  #load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    import('./uploads.ts').then(
      ({ openUploads }) => {
        this.#isLoading = false;
        if (this.#person === null) return;
        const opened = openUploads({ ...this.#parts, ...this.#person }, this.#cells, this.#store);
        this.#store = opened.store;
        this.#uploads = opened.uploads;
        opened.uploads.open();
        for (const each of this.#tasks.splice(0)) each(opened.uploads);
        this.#cells.forget();
      },
      // Loaded with the next thing that is done, or when the connection is back.
      () => {
        this.#isLoading = false;
      },
    );
  }
}
