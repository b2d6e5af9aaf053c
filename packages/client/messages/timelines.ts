import type { LoggedEvent, RoomId } from '@confab/protocol';
import { bounds } from '../bounds.ts';
import { RoomTimeline, type TimelineSurroundings } from './timeline.ts';

/** The timelines of this device; one object a room. Those closed longest ago lose what they had loaded. */
export class Timelines {
  readonly #around: TimelineSurroundings;
  readonly #timelines = new Map<RoomId, RoomTimeline>();
  /** Rooms whose content is kept though they are closed, longest ago first. */
  readonly #kept = new Set<RoomId>();

  constructor(around: TimelineSurroundings) {
    this.#around = {
      ...around,
      opened: (room) => {
        this.#kept.delete(room);
        around.opened(room);
      },
      closed: (room) => {
        this.#keep(room);
        around.closed(room);
      },
    };
  }

  of(room: RoomId): RoomTimeline {
    let timeline = this.#timelines.get(room);
    if (timeline === undefined) {
      timeline = new RoomTimeline(room, this.#around);
      this.#timelines.set(room, timeline);
    }
    return timeline;
  }

  find(room: RoomId): RoomTimeline | undefined {
    return this.#timelines.get(room);
  }

  /** Rooms on screen. */
  open(): RoomId[] {
    return [...this.#timelines].filter(([, timeline]) => timeline.showing).map(([room]) => room);
  }

  heard(room: RoomId, event: LoggedEvent): void {
    this.#timelines.get(room)?.heard(event);
  }

  /** Another history (`reload`) or nobody signed in (`left`): nothing of what was loaded may be seen again. */
  reset(reason: 'reload' | 'left'): void {
    for (const timeline of this.#timelines.values()) timeline.reset(reason);
    this.#kept.clear();
  }

  #keep(room: RoomId): void {
    this.#kept.add(room);
    for (const oldest of this.#kept) {
      if (this.#kept.size <= bounds.keptTimelines) return;
      this.#kept.delete(oldest);
      this.#timelines.get(oldest)?.reset('reload');
    }
  }
}
