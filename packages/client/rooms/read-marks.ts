import type { RoomId } from '@confab/protocol';
import type { Asker } from '../asker.ts';
import { times } from '../bounds.ts';
import { wireOf } from '../confab-error.ts';
import type { ClientPorts } from '../ports.ts';
import type { RoomList } from './room-list.ts';

interface Mark {
  /** Not told yet. */
  seq: number | null;
  /** Set while the room was told of within the last moment. */
  cancel: (() => void) | null;
  /** So many times the server was told and has not answered yet. */
  unanswered: number;
}

/** One's own read cursors: shown at once, told to the server at most once a second and room. */
export class ReadMarks {
  readonly #ports: ClientPorts;
  readonly #asker: Asker;
  readonly #rooms: RoomList;
  readonly #marks = new Map<RoomId, Mark>();
  /** Rooms that were marked unread, and that nobody has done anything in since. */
  readonly #held = new Set<RoomId>();

  constructor(ports: ClientPorts, asker: Asker, rooms: RoomList) {
    this.#ports = ports;
    this.#asker = asker;
    this.#rooms = rooms;
  }

  /** `countAt` tells how many posts there are up to a seq, as far as this client can know. */
  mark(room: RoomId, seq: number | undefined, countAt: (seq: number) => number): void {
    const view = this.#rooms.get(room);
    if (view === undefined || view.membership === null || this.#held.has(room)) return;
    const upTo = Math.min(seq ?? view.position.seq, view.position.seq);
    if (upTo <= view.membership.readSeq) return;
    const { position, membership } = view;
    const readCount = upTo === position.seq ? position.count : countAt(upTo);
    this.#rooms.read(room, { readSeq: upTo, readCount, rewinds: membership.rewinds, atSeq: position.seq });
    this.#plan(room, upTo);
  }

  /** Marked unread: it stays so though it is looked at. */
  hold(room: RoomId): void {
    this.#held.add(room);
    const mark = this.#marks.get(room);
    if (mark !== undefined) mark.seq = null;
  }

  /** The person does something in the room anew. */
  release(room: RoomId): void {
    this.#held.delete(room);
  }

  /**
   * One has posted, and so read up to `seq`. The server knows, but one's devices that do not look at the room heard
   * only that there is a post more: marking it tells them whose.
   */
  posted(room: RoomId, seq: number): void {
    this.#held.delete(room);
    this.#plan(room, seq);
  }

  /** The room is left: tells at once what waits. */
  flush(room: RoomId): void {
    const mark = this.#marks.get(room);
    if (mark !== undefined) this.#tell(room, mark);
  }

  welcomed(): void {
    for (const [room, mark] of this.#marks) if (mark.cancel === null) this.#tell(room, mark);
  }

  /** Lets go of timers; what was not told yet is told with the next connection. */
  stop(): void {
    for (const mark of this.#marks.values()) {
      mark.cancel?.();
      mark.cancel = null;
    }
  }

  clear(): void {
    this.stop();
    this.#marks.clear();
    this.#held.clear();
  }

  #plan(room: RoomId, seq: number): void {
    const mark = this.#marks.get(room) ?? { seq: null, cancel: null, unanswered: 0 };
    this.#marks.set(room, mark);
    mark.seq = Math.max(mark.seq ?? 0, seq);
    if (mark.cancel === null) this.#tell(room, mark);
  }

  #tell(room: RoomId, mark: Mark): void {
    const { seq } = mark;
    // Without a connection it waits for the next one; `welcomed` comes back to it.
    if (seq === null || !this.#asker.online) return;
    mark.seq = null;
    mark.unanswered += 1;
    this.#pause(room, mark);
    const rewinds = this.#rooms.get(room)?.membership?.rewinds ?? 0;
    this.#asker.call('room.mark-read', { room, seq, rewinds }).then(
      (cursor) => {
        mark.unanswered -= 1;
        this.#rooms.read(room, cursor);
        this.#next(room, mark);
      },
      (error: unknown) => {
        mark.unanswered -= 1;
        const isForgotten = this.#marks.get(room) !== mark || this.#held.has(room);
        if (isForgotten || wireOf(error)?.retry === 'never') return;
        mark.seq = Math.max(mark.seq ?? 0, seq);
        if (mark.cancel === null && this.#asker.online) this.#pause(room, mark);
      },
    );
  }

  /** Until the room is told of again. */
  #pause(room: RoomId, mark: Mark): void {
    mark.cancel?.();
    mark.cancel = this.#ports.after(times.readEveryMs, () => {
      mark.cancel = null;
      this.#next(room, mark);
    });
  }

  #next(room: RoomId, mark: Mark): void {
    if (mark.cancel !== null) return;
    if (mark.seq !== null) this.#tell(room, mark);
    else if (mark.unanswered === 0 && this.#marks.get(room) === mark) this.#marks.delete(room);
  }
}
