import type { Home, RoomId, TimelinePage, UserId } from '@confab/protocol';
import { bounds } from '../bounds.ts';
import type { Shelf } from './shelf.ts';

const table = 'kept';
const homeKey = 'home';
const orderKey = 'rooms';

/** In the browser. Rooms beyond the bound go, those looked at longest ago first. */
export class IndexedDbShelf implements Shelf {
  readonly #factory: IDBFactory;
  readonly #name: string;
  #opened: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, name: string) {
    this.#factory = factory;
    this.#name = name;
  }

  home(): Promise<Home | null> {
    return this.#with('readonly', async (kept) => (await read<Home>(kept, homeKey)) ?? null, null);
  }

  async keepHome(home: Home): Promise<void> {
    await this.#with('readwrite', async (kept) => {
      const before = await read<Home>(kept, homeKey);
      if (before !== undefined && before.me.id !== home.me.id) kept.clear();
      if (charsOf(home) > bounds.shelfHomeChars) kept.clear();
      else kept.put(home, homeKey);
    });
  }

  page(user: UserId, room: RoomId): Promise<TimelinePage | null> {
    const look = async (kept: IDBObjectStore) => {
      const home = await read<Home>(kept, homeKey);
      return home?.me.id === user ? ((await read<TimelinePage>(kept, room)) ?? null) : null;
    };
    return this.#with('readonly', look, null);
  }

  async keepPage(user: UserId, room: RoomId, page: TimelinePage): Promise<void> {
    if (charsOf(page) > bounds.shelfPageChars) return;
    await this.#with('readwrite', async (kept) => {
      const home = await read<Home>(kept, homeKey);
      if (home?.me.id !== user) return;
      const order = (await read<RoomId[]>(kept, orderKey)) ?? [];
      const rooms = [room, ...order.filter((other) => other !== room)];
      for (const gone of rooms.slice(bounds.shelfRooms)) kept.delete(gone);
      kept.put(rooms.slice(0, bounds.shelfRooms), orderKey);
      kept.put(page, room);
    });
  }

  async clear(): Promise<void> {
    await this.#with('readwrite', async (kept) => {
      kept.clear();
    });
  }

  async #with<T>(mode: IDBTransactionMode, work: (kept: IDBObjectStore) => Promise<T>, otherwise?: T): Promise<T> {
    try {
      this.#opened ??= open(this.#factory, this.#name);
      const transaction = (await this.#opened).transaction(table, mode);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('the write was aborted'));
      });
      const [answer] = await Promise.all([work(transaction.objectStore(table)), done]);
      return answer;
    } catch {
      // Storage is full or forbidden: then there is nothing to see without a network.
      return otherwise as T;
    }
  }
}

const charsOf = (value: unknown): number => JSON.stringify(value).length;

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(table);
  };
  return resultOf(request);
}

function read<T>(kept: IDBObjectStore, key: string): Promise<T | undefined> {
  return resultOf(kept.get(key) as IDBRequest<T | undefined>);
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
