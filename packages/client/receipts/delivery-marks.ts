import type { RoomId, RoomView, Settings } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { tellsReceipts } from '@confab/protocol/receipt-rules.ts';
import type { Asker } from '../asker.ts';
import { times } from '../bounds.ts';
import type { ClientPorts } from '../ports.ts';

interface DeliveryParts {
  readonly asker: Asker;
  readonly rooms: { get(room: RoomId): (RoomView & { readonly unread: number }) | undefined };
  readonly settings: { readonly state: { get(): Settings } };
}

/** Tells that posts of others came to this device: all rooms at once, and only now and then ([Q2]). */
export class DeliveryMarks {
  readonly #ports: ClientPorts;
  readonly #parts: DeliveryParts;
  readonly #waiting = new Set<RoomId>();
  readonly #told = new Map<RoomId, number>();
  #cancel: (() => void) | null = null;

  constructor(ports: ClientPorts, parts: DeliveryParts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** There may be something new in these rooms. */
  reached(rooms: Iterable<RoomId>): void {
    for (const room of rooms) if (this.#undelivered(room) !== null) this.#waiting.add(room);
    this.#plan();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  clear(): void {
    this.stop();
    this.#waiting.clear();
    this.#told.clear();
  }

  /** Up to where the room has come here and was not told to have; `null` when there is nothing to tell. */
  #undelivered(room: RoomId): number | null {
    const view = this.#parts.rooms.get(room);
    if (view === undefined || view.membership === null || view.unread === 0 || !tellsReceipts(view)) return null;
    if (this.#parts.settings.state.get().receipts === 'off') return null;
    const { seq } = view.position;
    return seq > Math.max(this.#told.get(room) ?? 0, view.membership.readSeq) ? seq : null;
  }

  #plan(): void {
    if (this.#waiting.size === 0) return;
    this.#cancel ??= this.#ports.after(times.deliveredEveryMs, () => {
      this.#cancel = null;
      this.#tell();
    });
  }

  #tell(): void {
    // Without a connection it waits for the next thing that is heard over one.
    if (!this.#parts.asker.online) return;
    const rooms: { room: RoomId; seq: number }[] = [];
    for (const room of this.#waiting) {
      if (rooms.length === limits.roomsPerDelivery) break;
      this.#waiting.delete(room);
      const seq = this.#undelivered(room);
      if (seq === null) continue;
      this.#told.set(room, seq);
      rooms.push({ room, seq });
    }
    if (rooms.length > 0) this.#parts.asker.tell('receipt.mark-delivered', { rooms });
    this.#plan();
  }
}
