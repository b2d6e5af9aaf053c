import type { LoggedEvent, MessageId, RoomId } from '@confab/protocol';
import { bounds } from '../bounds.ts';
import { type Place, RoomTimeline, type TimelineSurroundings } from './timeline.ts';

/**
 * The timelines of this device, one object a room and one a thread. Of those that are closed the last ones keep what
 * they had loaded. A room is on screen while its own timeline or one of its threads is.
 */
export class Timelines {
  readonly #around: TimelineSurroundings;
  readonly #rooms = new Map<RoomId, RoomTimeline>();
  readonly #threads = new Map<MessageId, { room: RoomId; timeline: RoomTimeline }>();
  /** Rooms and threads whose content is kept though they are closed, longest ago first. */
  readonly #keptRooms = new Set<RoomId>();
  readonly #keptThreads = new Set<MessageId>();

  constructor(around: TimelineSurroundings) {
    this.#around = around;
  }

  of(room: RoomId): RoomTimeline {
    const known = this.#rooms.get(room);
    if (known !== undefined) return known;
    const timeline = this.#make(
      { room, thread: null },
      () => this.#keptRooms.delete(room),
      () => {
        keep(this.#keptRooms, room, bounds.keptTimelines, (oldest) => this.#rooms.get(oldest)?.reset('reload'));
      },
    );
    this.#rooms.set(room, timeline);
    return timeline;
  }

  thread(room: RoomId, root: MessageId): RoomTimeline {
    const known = this.#threads.get(root);
    if (known !== undefined) return known.timeline;
    const timeline = this.#make(
      { room, thread: root },
      () => this.#keptThreads.delete(root),
      () => keep(this.#keptThreads, root, bounds.keptThreads, (oldest) => this.#threads.delete(oldest)),
    );
    this.#threads.set(root, { room, timeline });
    return timeline;
  }

  find(room: RoomId): RoomTimeline | undefined {
    return this.#rooms.get(room);
  }

  /** A room's own timeline and those of its threads, which hear before it what becomes of sends. */
  in(room: RoomId): RoomTimeline[] {
    const threads = [...this.#threads.values()].filter((thread) => thread.room === room);
    const own = this.#rooms.get(room);
    return [...threads.map(({ timeline }) => timeline), ...(own ? [own] : [])];
  }

  showing(room: RoomId): boolean {
    return this.in(room).some((timeline) => timeline.showing);
  }

  /** Rooms on screen. */
  open(): RoomId[] {
    const rooms = new Set([...this.#rooms.keys(), ...[...this.#threads.values()].map(({ room }) => room)]);
    return [...rooms].filter((room) => this.showing(room));
  }

  heard(room: RoomId, event: LoggedEvent): void {
    for (const timeline of this.in(room)) timeline.heard(event);
  }

  /** Another history (`reload`) or nobody signed in (`left`): nothing of what was loaded may be seen again. */
  reset(reason: 'reload' | 'left'): void {
    for (const { timeline } of this.#threads.values()) timeline.reset(reason);
    for (const timeline of this.#rooms.values()) timeline.reset(reason);
    this.#keptRooms.clear();
    this.#keptThreads.clear();
  }

  #make(place: Place, opened: () => void, closed: () => void): RoomTimeline {
    return new RoomTimeline(place, {
      ...this.#around,
      opened: (room) => {
        opened();
        this.#around.opened(room);
      },
      closed: (room) => {
        closed();
        if (!this.showing(room)) this.#around.closed(room);
      },
    });
  }
}

function keep<Key>(kept: Set<Key>, key: Key, most: number, forget: (oldest: Key) => void): void {
  kept.add(key);
  for (const oldest of kept) {
    if (kept.size <= most) return;
    kept.delete(oldest);
    forget(oldest);
  }
}
