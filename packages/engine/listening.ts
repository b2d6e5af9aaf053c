import type { Level } from '@confab/protocol';
import type { ListenedLog } from './listened-log.ts';
import type { Outlet } from './outbox.ts';

/** A cursor that no event follows: the answer to `log.listen` is still being made. */
const notYet = -2;

/** One connection listening to one log. */
export class Listening {
  readonly log: ListenedLog;
  readonly outlet: Outlet;
  level: Level;
  /**
   * Live: the last seq queued. An event is queued only if it is the next one, so a listening that missed an event for
   * whatever reason takes none until it has caught up: no gap, nothing twice, by construction ([L9]).
   * Passive: the last seq up to which all notices were queued.
   */
  cursor = notYet;
  /** Passive only: a notice was missed; none is queued until it has caught up. */
  held = false;
  /** The seq last told to a passive listener by `log.head`. */
  toldHead = 0;
  /** Where it stands among its log's listeners of that level, or -1. */
  index = -1;
  /** Checks under way of whether the right to it still stands: it was being told before them, and is not during them. */
  checks = 0;

  constructor(log: ListenedLog, outlet: Outlet, level: Level) {
    this.log = log;
    this.outlet = outlet;
    this.level = level;
  }

  isBehind(): boolean {
    if (this.index < 0) return false;
    return this.level === 'live' ? this.cursor < this.log.head : this.held;
  }
}
