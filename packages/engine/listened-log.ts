import type { LogId } from '@confab/protocol';
import type { LogHead, StoredEvent, ToldHead } from './domain.ts';
import { HotWindow } from './hot-window.ts';
import type { Listening } from './listening.ts';
import { WheelEntry } from './timer-wheel.ts';

/** A head that is not known yet: the log was not asked for. */
export const unknownHead = -1;

/** A log that someone on this node listens to, or did a moment ago. */
export class ListenedLog extends WheelEntry {
  readonly id: LogId;
  epoch = 0;
  /** The last seq that was fanned out here. */
  head = unknownHead;
  count = 0;
  readonly live: Listening[] = [];
  readonly passive: Listening[] = [];
  /** Listenings plus `log.listen` commands under way. */
  holds = 0;
  readonly window = new HotWindow();
  /** Events that arrived before those they follow, by seq. */
  ahead: Map<number, StoredEvent> | null = null;
  /** Whether the missing range is being read. */
  pulling = false;
  /** The highest seq known to exist. */
  knownSeq = 0;
  /** How often content of this log was wiped: what was read before is not to be cached after. */
  redactions = 0;
  /** The window is being filled from the log; those who need it wait for the same read. */
  filling: Promise<void> | null = null;
  headChanged = false;
  /** What was told last when the database said otherwise, until it is known which of the two holds. */
  doubted: ToldHead | null = null;
  /** Whether that is being asked. */
  confirming = false;
  /** Characters of an event of this log, about: how many to read at a time. */
  meanChars = 300;
  private readonly onQuiet: (log: ListenedLog) => void;

  constructor(id: LogId, onQuiet: (log: ListenedLog) => void) {
    super();
    this.id = id;
    this.onQuiet = onQuiet;
  }

  position(): LogHead {
    return { epoch: this.epoch, seq: this.head, count: this.count };
  }

  add(listening: Listening): void {
    const listeners = listening.level === 'live' ? this.live : this.passive;
    listening.index = listeners.length;
    listeners.push(listening);
  }

  /** The last one takes the place of the one that goes. */
  remove(listening: Listening): void {
    if (listening.index < 0) return;
    const listeners = listening.level === 'live' ? this.live : this.passive;
    const last = listeners.pop() as Listening;
    if (last !== listening) {
      listeners[listening.index] = last;
      last.index = listening.index;
    }
    listening.index = -1;
  }

  onDue(): void {
    this.onQuiet(this);
  }
}
