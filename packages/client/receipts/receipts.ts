import type { LoggedEvent, LogId, Receipt, RoomId, Settings } from '@confab/protocol';
import { parseLogId } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import type { ReceiptsApi, RoomReceipts, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cell } from '../store.ts';

interface ReceiptsParts {
  readonly asker: Asker;
  readonly settings: { readonly state: Store<Settings>; readonly stored: Store<Settings> };
}

/** Told in a room's log, these change whose receipts there are. */
const regrouping: ReadonlySet<string> = new Set(['room.member-joined', 'room.member-left', 'room.receipts-set']);

/** How far others have come in the rooms that someone looks at ([Q1]). */
export class Receipts implements ReceiptsApi {
  readonly #parts: ReceiptsParts;
  readonly #cells = new Map<RoomId, Cell<RoomReceipts>>();
  readonly #stores = new Map<RoomId, Store<RoomReceipts>>();
  /** What moved while the list was on its way. */
  readonly #loading = new Map<RoomId, Receipt[]>();

  constructor(parts: ReceiptsParts) {
    this.#parts = parts;
    let wasOff = this.#isOff;
    const update = () => {
      if (this.#isOff === wasOff) return;
      wasOff = this.#isOff;
      if (wasOff) this.clear();
      else this.welcomed();
    };
    parts.settings.state.subscribe(update);
    parts.settings.stored.subscribe(update);
  }

  of(room: RoomId): Store<RoomReceipts> {
    const made = this.#stores.get(room);
    if (made !== undefined) return made;
    const cell = new Cell<RoomReceipts>(null);
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

  async setRoom(room: RoomId, receipts: 'on' | 'off'): Promise<void> {
    await this.#parts.asker.call('room.set-receipts', { room, receipts });
  }

  heard(log: LogId, receipt: Receipt): void {
    const room = parseLogId(log).id as RoomId;
    this.#loading.get(room)?.push(receipt);
    const cell = this.#cells.get(room);
    const before = cell?.get();
    if (before) cell?.set(new Map(before).set(receipt.user, further(before.get(receipt.user), receipt)));
  }

  apply(event: LoggedEvent): void {
    const { kind, id } = parseLogId(event.log);
    const cell = kind === 'room' ? this.#cells.get(id as RoomId) : undefined;
    if (cell === undefined || !cell.watched) return;
    if (regrouping.has(event.event)) void this.#load(id as RoomId);
    const author =
      event.event === 'message.posted' && showsInRoom(event.data) && event.by !== null
        ? cell.get()?.get(event.by)
        : undefined;
    if (author === undefined) return;
    const { readAt: _, ...rest } = author;
    this.heard(event.log, { ...rest, deliveredSeq: event.seq, readSeq: event.seq });
  }

  /** A connection is back: what moved meanwhile was not heard. */
  welcomed(): void {
    for (const [room, cell] of this.#cells) if (cell.watched) void this.#load(room);
  }

  clear(): void {
    this.#loading.clear();
    for (const cell of this.#cells.values()) cell.set(null);
  }

  /** At once when one turns one's own off; on again once the server knows, for until then it tells of none. */
  get #isOff(): boolean {
    const { state, stored } = this.#parts.settings;
    return state.get().receipts === 'off' || stored.get().receipts === 'off';
  }

  async #load(room: RoomId): Promise<void> {
    if (this.#isOff) return;
    const moved: Receipt[] = [];
    this.#loading.set(room, moved);
    const isLatest = () => this.#loading.get(room) === moved;
    try {
      const { receipts } = await this.#parts.asker.call('receipt.list', { room });
      if (!isLatest()) return;
      this.#loading.delete(room);
      this.#cells.get(room)?.set(receipts && new Map(receipts.map((receipt) => [receipt.user, receipt])));
      for (const receipt of receipts === null ? [] : moved) this.heard(`room:${room}` as LogId, receipt);
    } catch {
      if (!isLatest()) return;
      this.#loading.delete(room);
      this.#cells.get(room)?.set(null);
    }
  }
}

/** Ephemeral events may come late: nobody goes back. */
function further(before: Receipt | undefined, receipt: Receipt): Receipt {
  if (before === undefined || receipt.readSeq > before.readSeq) return receipt;
  return { ...before, deliveredSeq: Math.max(before.deliveredSeq, receipt.deliveredSeq) };
}
