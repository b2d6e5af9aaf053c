import type {
  Bookmark,
  Draft,
  Export,
  ExportId,
  FileId,
  MessageId,
  Reminder,
  Result,
  RoomId,
  ScheduledId,
  ScheduledMessage,
  Section,
  SectionId,
  SpaceId,
} from '@confab/protocol';
import type { RoomArrangement } from '@confab/protocol/sections-fold.ts';
import type { Store } from './api.ts';

/** What one has begun to write, the same on all devices. Each is of a room, or of one of its threads. */
export interface DraftsApi {
  /** Rooms that something is begun in, in their threads too. */
  readonly rooms: Store<ReadonlySet<RoomId>>;
  /** The latest that is known, from here or from another device; it is empty once it was sent or given up. */
  of(room: RoomId, thread: MessageId | null): Store<Draft | undefined>;
  /**
   * Keeps it: shows at once, told to the server a moment later, and when there is a connection again. An empty text
   * without a quote forgets it. `at`: when it was typed (Unix ms), if that was earlier; something later is not overwritten.
   */
  save(room: RoomId, thread: MessageId | null, text: string, more?: { quote?: MessageId; at?: number }): void;
}

/** What of a message that waits is to be different. */
export interface ScheduledChange {
  readonly text?: string;
  /** All files that it has from now on, in their order. Those that it had besides are deleted. */
  readonly files?: readonly FileId[];
  /** Unix milliseconds. */
  readonly dueAt?: number;
}

export interface ScheduledApi {
  /** One's messages that wait to be posted, the next one first; those that failed among them. */
  readonly list: Store<readonly ScheduledMessage[]>;
  /**
   * `dueAt`: Unix milliseconds. `uploads`: what `files.attach` gave, all of which has to have arrived: rejects with
   * `file-incomplete` otherwise. They are not attached any more then.
   */
  create(
    room: RoomId,
    thread: MessageId | null,
    text: string,
    dueAt: number,
    uploads?: readonly string[],
  ): Promise<ScheduledMessage>;
  update(scheduled: ScheduledId, change: ScheduledChange): Promise<void>;
  cancel(scheduled: ScheduledId): Promise<void>;
  /** Resolves when it is accepted; it leaves the list when it was posted, or says there why it was not. */
  sendNow(scheduled: ScheduledId): Promise<void>;
}

export interface RemindersApi {
  /** All that one has, the next one first. One that was told stays, with `toldAt`, until one is done with it. */
  readonly list: Store<readonly Reminder[]>;
  /** `dueAt`: Unix milliseconds. Takes the place of an earlier one for the message. */
  set(message: MessageId, dueAt: number): Promise<void>;
  remove(message: MessageId): Promise<void>;
  /** With their messages. */
  load(): Promise<Result<'reminder.list'>>;
}

/** One's own list of rooms. What is changed shows at once; a promise that rejects says that it was taken back. */
export interface SectionsApi {
  readonly state: Store<RoomArrangement>;
  create(space: SpaceId, name: string): Promise<Section>;
  rename(section: SectionId, name: string): Promise<void>;
  fold(section: SectionId, collapsed: boolean): Promise<void>;
  /** Before another one, or to the end. */
  move(section: SectionId, before: SectionId | null): Promise<void>;
  /** Its rooms stand with the others of their kind again. */
  remove(section: SectionId): Promise<void>;
  /** What is left out stays as it is; `section: null` takes the room out of its section. */
  place(room: RoomId, where: { section?: SectionId | null; favourite?: boolean }): Promise<void>;
}

export interface BookmarksApi {
  /** Whether a message is kept; `undefined` until that is known. Asked for when first looked at. */
  isKept(message: MessageId): Store<boolean | undefined>;
  /** Raised with each change, here or elsewhere: for whoever shows a page of them. */
  readonly changes: Store<number>;
  add(message: MessageId, note?: string): Promise<Bookmark>;
  remove(message: MessageId): Promise<void>;
  /** Those kept last first; `after`: the last of the page before. */
  list(after?: MessageId): Promise<Result<'bookmark.list'>>;
}

export interface ExportsApi {
  /** The newest first; `undefined` until `refresh` was asked for. `parts`: how far each was when it was asked for. */
  readonly list: Store<Result<'export.list'>['exports'] | undefined>;
  refresh(): Promise<void>;
  /** Has everything that is one’s own put together. */
  account(): Promise<Export>;
  /** Has a room put together. */
  room(room: RoomId): Promise<Export>;
  /** Stops making it, or keeps it no longer. */
  remove(id: ExportId): Promise<void>;
  /** Where what is ready is fetched, below the server’s address. */
  fileOf(id: ExportId): string;
}
