import type { MessageId, RoomId } from '@confab/protocol';
import type { ChosenFile, Upload, UploadPlace } from '../files-api.ts';
import { Cell, Cells } from '../store.ts';

/** The same for the same place. */
export const placeKey = ({ room, thread }: UploadPlace): string => (thread === null ? room : `${room} ${thread}`);

export function placeOf(key: string): UploadPlace {
  const [room, thread = null] = key.split(' ');
  return { room: room as RoomId, thread: thread as MessageId | null };
}

interface UploadsShown {
  attached(place: UploadPlace): readonly Upload[];
  get(id: string): Upload | undefined;
}

interface Early {
  readonly upload: Upload;
  readonly data: Blob;
  isAttached: boolean;
}

const nowhereYet = { kept: false, error: null, file: null } as const;

/** What screens see of uploads: there before that part is loaded which knows them. */
export class UploadCells {
  /** What is loaded by now. */
  shown: UploadsShown | null = null;
  /** What was chosen until then. */
  readonly #early = new Map<string, Early>();
  readonly places: Cells<string, readonly Upload[]> = new Cells((key) => (this.shown ?? this).attached(placeOf(key)));
  /** Whether bytes on their way are in this page alone. */
  readonly unkept = new Cell(false);
  readonly uploads: Cells<string, Upload | undefined> = new Cells((id) => (this.shown ?? this).get(id));

  add(id: string, place: UploadPlace, { data, name, about = {} }: ChosenFile): void {
    const chosen = { id, place, name, about, size: data.size, type: data.type, description: '' };
    const upload: Upload = { ...chosen, status: 'waiting', sent: 0, bytesPerSecond: null, ...nowhereYet };
    this.#early.set(id, { upload, data, isAttached: true });
    this.uploads.set(id, upload);
    this.unkept.set(true);
    this.#show(place);
  }

  /** A send takes it, or it is taken away. */
  take(id: string): void {
    const early = this.#early.get(id);
    if (early === undefined) return;
    early.isAttached = false;
    this.#show(early.upload.place);
  }

  attached(place: UploadPlace): readonly Upload[] {
    const key = placeKey(place);
    return [...this.#early.values()].flatMap(({ upload, isAttached }) =>
      isAttached && placeKey(upload.place) === key ? upload : [],
    );
  }

  get(id: string): Upload | undefined {
    return this.#early.get(id)?.upload;
  }

  data(id: string): Blob | null {
    return this.#early.get(id)?.data ?? null;
  }

  /** All of it is known elsewhere now. */
  forget(): void {
    this.#early.clear();
  }

  /** Nobody may see it any more. */
  clear(): void {
    this.shown = null;
    for (const id of this.#early.keys()) {
      this.take(id);
      this.uploads.set(id, undefined);
    }
    this.forget();
    this.unkept.set(false);
  }

  #show(place: UploadPlace): void {
    this.places.set(placeKey(place), this.attached(place));
  }
}
