import type { LoggedEvent, Message, MessageId, RoomId, UserId } from '@confab/protocol';
import { parseLogId } from '@confab/protocol/ids.ts';
import { changedMessage, foldMessage } from '@confab/protocol/message-fold.ts';
import type { PinsApi, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import type { People } from '../people.ts';
import { Cell } from '../store.ts';

type Pinned = readonly Message[] | null;

interface PinsParts {
  readonly asker: Asker;
  readonly people: People;
  readonly accounts: { readonly me: UserId | null };
  later(task: () => void): void;
}

/** The pinned messages of rooms that someone looks at. */
export class Pins implements PinsApi {
  readonly #parts: PinsParts;
  readonly #cells = new Map<RoomId, Cell<Pinned>>();
  readonly #stores = new Map<RoomId, Store<Pinned>>();

  constructor(parts: PinsParts) {
    this.#parts = parts;
  }

  of(room: RoomId): Store<Pinned> {
    const made = this.#stores.get(room);
    if (made !== undefined) return made;
    const cell = new Cell<Pinned>(null);
    const subscribe = (listener: () => void) => {
      const isFirst = !cell.watched;
      const stop = cell.subscribe(listener);
      // Nobody followed it meanwhile.
      if (isFirst) void this.#load(room);
      return stop;
    };
    const store = { get: cell.get, subscribe };
    this.#cells.set(room, cell);
    this.#stores.set(room, store);
    return store;
  }

  async pin(message: MessageId): Promise<void> {
    await this.#parts.asker.call('message.pin', { message });
  }

  async unpin(message: MessageId): Promise<void> {
    await this.#parts.asker.call('message.unpin', { message });
  }

  apply(event: LoggedEvent): void {
    const { kind, id } = parseLogId(event.log);
    const cell = kind === 'room' ? this.#cells.get(id as RoomId) : undefined;
    if (cell === undefined || !cell.watched) return;
    if (event.event === 'message.pinned') void this.#load(id as RoomId);
    else cell.set(afterEvent(cell.get(), event, this.#parts.accounts.me));
  }

  /** A connection is back: what is looked at may have changed. */
  welcomed(): void {
    for (const [room, cell] of this.#cells) if (cell.watched) void this.#load(room);
  }

  clear(): void {
    for (const cell of this.#cells.values()) cell.set(null);
  }

  async #load(room: RoomId): Promise<void> {
    const cell = this.#cells.get(room);
    try {
      const { messages, people } = await this.#parts.asker.call('message.pins', { room });
      this.#parts.people.learn(people);
      cell?.set(messages);
    } catch {
      this.#parts.later(() => {
        if (cell?.watched && cell.get() === null) void this.#load(room);
      });
    }
  }
}

/** What is unpinned or deleted leaves the list; other changes show in it. */
function afterEvent(pinned: Pinned, event: LoggedEvent, me: UserId | null): Pinned {
  const id = changedMessage(event);
  if (pinned === null || !pinned.some((message) => message.id === id)) return pinned;
  const after = pinned.map((message) => (message.id === id ? foldMessage(message, event, me) : message));
  return after.filter((message) => message.pinned !== undefined);
}
