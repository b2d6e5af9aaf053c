import type { FileAbout, FileId, PostContext, RoomId, UserId, WireError } from '@confab/protocol';

/** A file that goes with a send: its upload, and what is known of it should that be lost. */
export interface SendUpload {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly type: string;
  readonly about?: FileAbout;
  readonly description?: string;
  /** What the server calls it, where it was begun there before the send was queued. */
  readonly file?: FileId;
}

/** A send as it lies on this device until the server has stored it. */
export interface QueuedSend {
  readonly clientId: string;
  /** Who wrote it: nobody else ever sends or sees it. */
  readonly user: UserId;
  readonly room: RoomId;
  readonly text: string;
  /** What it is besides its text; absent for a plain message. */
  readonly context?: PostContext;
  /** The files that it brings along, in their order; it waits until all of them have arrived. */
  readonly uploads?: readonly SendUpload[];
  /** Unix milliseconds; rises with each send of this device, so that it orders them with `clientId`. */
  readonly queuedAt: number;
  /** It is not sent before this time (Unix ms), so that it can be taken back. */
  readonly heldUntil?: number;
  /** Why the server refused it for good; kept until it is retried or discarded. */
  readonly error: WireError | null;
}

/** Where queued sends are kept. Writes resolve when they would survive a crash of the program. */
export interface OutboxStore {
  /** All that is kept, of all people, in the order in which it was queued. */
  load(): Promise<QueuedSend[]>;
  /** Keeps a send at once, without waiting for anything, until `put` has it; where there is such a place. */
  note?(send: QueuedSend): void;
  /** Adds a send, or replaces the one of the same client id. */
  put(send: QueuedSend): Promise<void>;
  remove(clientId: string): Promise<void>;
  close(): Promise<void>;
}

export function inQueueOrder(a: QueuedSend, b: QueuedSend): number {
  return a.queuedAt - b.queuedAt || (a.clientId < b.clientId ? -1 : 1);
}

/** Keeps sends for as long as the program runs: where nothing better is to be had. */
export class MemoryOutbox implements OutboxStore {
  readonly #sends = new Map<string, QueuedSend>();

  load(): Promise<QueuedSend[]> {
    return Promise.resolve([...this.#sends.values()].sort(inQueueOrder));
  }

  put(send: QueuedSend): Promise<void> {
    this.#sends.set(send.clientId, send);
    return Promise.resolve();
  }

  remove(clientId: string): Promise<void> {
    this.#sends.delete(clientId);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
