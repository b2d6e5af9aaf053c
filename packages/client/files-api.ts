import type {
  File,
  FileAbout,
  FileId,
  MessageId,
  Params,
  PlacedFile,
  Result,
  RoomId,
  WireError,
} from '@confab/protocol';
import type { Store } from './api.ts';

/** Where files are attached: to what is written in a room, or in one of its threads. */
export interface UploadPlace {
  readonly room: RoomId;
  /** The message whose thread it is; `null`: the room. */
  readonly thread: MessageId | null;
}

/** Something that is to be sent. */
export interface ChosenFile {
  readonly data: Blob;
  readonly name: string;
  readonly about?: FileAbout;
  /** Of a video: the picture that it is shown with before it plays. */
  readonly poster?: Blob;
}

/** A file on its way from this device, until its message was posted. */
export interface Upload {
  /** Of this device; the file's own is in `file`. */
  readonly id: string;
  readonly place: UploadPlace;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** As this device says. */
  readonly type: string;
  readonly about: FileAbout;
  readonly description: string;
  /**
   * `waiting`: for its turn or a connection. `arrived`: all of it, and it may be posted. `lost`: its bytes are not on
   * this device any more, and have to be chosen again to go on.
   */
  readonly status: 'waiting' | 'sending' | 'arrived' | 'failed' | 'lost';
  /** Bytes that have gone. Those of a part that breaks off may have to go again. */
  readonly sent: number;
  /** Of the last seconds; `null` while nobody can say. */
  readonly bytesPerSecond: number | null;
  /** Whether its bytes are on this device for as long as they are needed, and not in one page alone. */
  readonly kept: boolean;
  /** Why the server did not take it. */
  readonly error: WireError | null;
  /** As the server has it, once it has arrived. */
  readonly file: File | null;
}

export interface FilesApi {
  /** What is attached to what is being written there, in the order in which it was chosen. What was sent with a message is not. */
  attached(place: UploadPlace): Store<readonly Upload[]>;
  /** One upload, also when it waits with its message; `undefined` once that was posted. */
  upload(id: string): Store<Upload | undefined>;
  /**
   * Attaches files and begins to send them at once. They are kept on this device, so that a reload, a closed tab or a
   * server that restarts loses nothing. What is too large for the server is there as `failed`, before a byte is sent.
   */
  attach(place: UploadPlace, files: readonly ChosenFile[]): readonly string[];
  /** Whether something on its way would be lost with this page: its bytes are nowhere else yet. */
  readonly unkept: Store<boolean>;
  /** Takes one away, from the server too. */
  discard(id: string): void;
  /** Goes on with one that failed; with `data` with one that was lost: it has to be the same file. */
  retry(id: string, data?: Blob): void;
  /** Says in words what it shows. */
  describe(id: string, description: string): void;
  /** Puts one before another, or at the end. */
  move(id: string, before: string | null): void;
  /** What it is sent from, as long as it is on this device. */
  data(id: string): Blob | null;
  /** Where the content of a file is for a page of this server, or a smaller picture of it in one of its widths. */
  address(file: FileId, options?: { preview?: number; download?: boolean }): string;
  /** An address with which a program gets it that says nothing of who asks; good for some minutes. */
  signedAddress(file: FileId): Promise<Result<'file.address'>>;
  list(room: RoomId, filter?: Omit<Params<'file.list'>, 'room'>): Promise<Result<'file.list'>>;
  show(file: FileId): Promise<PlacedFile>;
  entries(file: FileId): Promise<Result<'file.entries'>>;
  /** Takes a file out of its message. */
  remove(message: MessageId, file: FileId): Promise<void>;
  /** Says in words what a posted file of one's own shows. */
  setDescription(file: FileId, description: string): Promise<void>;
}
