import type { LogId } from '@confab/protocol';
import type { Domain, LogHead, StoredEvent, ToldHead } from './domain.ts';
import type { FanOut } from './fan-out.ts';
import type { FollowedTopics } from './followed-topics.ts';
import { Frame, identityOf } from './frame.ts';
import { kept } from './hot-window.ts';
import { HotWindows } from './hot-windows.ts';
import type { EngineLimits } from './limits.ts';
import { ListenedLog, unknownHead } from './listened-log.ts';
import type { Report } from './ports.ts';
import type { TimerWheel } from './timer-wheel.ts';

export interface HubParts {
  readonly domain: Domain;
  readonly wheel: TimerWheel;
  readonly fanOut: FanOut;
  readonly topics: FollowedTopics;
  readonly limits: EngineLimits;
  readonly report: Report;
  /** A passive listener has something to hear of this log. */
  readonly onHeadChanged: (log: ListenedLog) => void;
  /** The history of a log was rewritten: nothing told so far counts any more. */
  readonly onEpochChanged: (log: ListenedLog) => void;
}

/**
 * The logs that this node listens to. The bus may drop, double or reorder; here events get back into the order of
 * their seq: at most the head is dropped, the next is fanned out, and beyond it the missing range is read from the log.
 */
export class Hub {
  readonly logs = new Map<LogId, ListenedLog>();
  readonly windows: HotWindows;
  eventsFannedOut = 0;
  private lingering = 0;
  private readonly parts: HubParts;

  constructor(parts: HubParts) {
    this.parts = parts;
    this.windows = new HotWindows(parts.limits, this.logs);
  }

  /** Begins to follow a log, before its head is asked for: what happens from now on is not missed. */
  hold(id: LogId): ListenedLog {
    let log = this.logs.get(id);
    if (log === undefined) {
      log = new ListenedLog(id, this.forget);
      this.logs.set(id, log);
      this.parts.topics.follow(id);
    } else if (log.slot >= 0) {
      this.parts.wheel.cancel(log);
      this.lingering -= 1;
    }
    log.holds += 1;
    return log;
  }

  /** The counterpart of `hold`. A log that nobody holds is followed for a while longer: clients come back. */
  release(log: ListenedLog): void {
    log.holds -= 1;
    if (log.holds > 0 || this.logs.get(log.id) !== log) return;
    if (log.head === unknownHead || this.lingering >= this.parts.limits.lingeringLogs) {
      this.drop(log);
      return;
    }
    this.lingering += 1;
    this.parts.wheel.schedule(log, this.parts.limits.logLingerMs);
  }

  /**
   * What the database says about a log that is followed here. `told`: the last seq that had been told when it was
   * asked; it can then say no less, unless it went back. Without it less is only late.
   */
  learn(log: ListenedLog, head: LogHead, told: number = unknownHead): void {
    if (this.logs.get(log.id) !== log) return;
    if (log.head === unknownHead) {
      log.epoch = head.epoch;
      log.head = head.seq;
      log.count = head.count;
      log.knownSeq = Math.max(log.knownSeq, head.seq);
      this.applyAhead(log);
      if (log.knownSeq > log.head) this.pull(log, log.knownSeq);
      return;
    }
    if (head.epoch > log.epoch) this.rewrite(log);
    else if (told !== unknownHead && (head.epoch < log.epoch || head.seq < told || log.doubted !== null))
      this.doubt(log);
    else if (head.epoch === log.epoch && head.seq > log.head) this.pull(log, head.seq);
  }

  /** Word from the bus of how far a log is. */
  receiveHead(id: LogId, head: LogHead): void {
    const log = this.logs.get(id);
    if (log === undefined) return;
    if (log.head !== unknownHead) this.learn(log, head);
    // It is being asked for, with permission: what is known by then and not in the answer is read after it.
    else if (head.seq > log.knownSeq) log.knownSeq = head.seq;
  }

  /** An event from the bus. */
  receive(event: StoredEvent): void {
    const log = this.logs.get(event.log);
    if (log === undefined) return;
    if (log.head === unknownHead) {
      this.keepAhead(log, event);
      return;
    }
    if (event.epoch !== log.epoch) {
      if (event.epoch > log.epoch) this.rewrite(log);
      return;
    }
    if (event.seq <= log.head) {
      if (isAnother(log, event)) this.doubt(log);
      return;
    }
    if (event.seq === log.head + 1) {
      this.apply(log, event);
      if (log.ahead !== null) this.applyAhead(log);
      return;
    }
    this.keepAhead(log, event);
    this.pull(log, event.seq);
  }

  private apply(log: ListenedLog, event: StoredEvent): void {
    log.head = event.seq;
    log.count = event.count;
    if (event.seq > log.knownSeq) log.knownSeq = event.seq;
    if (event.redacts) {
      log.redactions += 1;
      this.windows.clear(log);
    }
    this.windows.push(log, kept(event));
    const frame = new Frame(event.json, event.seq, event.notice);
    this.eventsFannedOut += 1;
    if (log.live.length > 0) this.parts.fanOut.toLive(log.live, frame);
    if (log.passive.length > 0) {
      if (event.notice) this.parts.fanOut.toPassive(log.passive, frame);
      if (!log.headChanged) {
        log.headChanged = true;
        this.parts.onHeadChanged(log);
      }
    }
  }

  private keepAhead(log: ListenedLog, event: StoredEvent): void {
    if (event.seq > log.knownSeq) log.knownSeq = event.seq;
    log.ahead ??= new Map();
    // Beyond the bound it is simply read from the log.
    if (log.ahead.size < this.parts.limits.aheadEvents) log.ahead.set(event.seq, event);
  }

  private applyAhead(log: ListenedLog): void {
    const { ahead } = log;
    if (ahead === null) return;
    for (const [seq, event] of ahead) {
      if (event.epoch > log.epoch) {
        this.rewrite(log);
        return;
      }
      if (seq <= log.head || event.epoch < log.epoch) ahead.delete(seq);
    }
    for (let next = ahead.get(log.head + 1); next !== undefined; next = ahead.get(log.head + 1)) {
      ahead.delete(next.seq);
      this.apply(log, next);
    }
    if (ahead.size === 0) log.ahead = null;
    if (log.knownSeq > log.head) this.pull(log, log.knownSeq);
  }

  /** Reads what the bus did not bring, up to `upTo` or whatever higher is known by then. */
  private pull(log: ListenedLog, upTo: number): void {
    if (upTo > log.knownSeq) log.knownSeq = upTo;
    if (log.pulling) return;
    log.pulling = true;
    void this.pullAll(log).catch((error: unknown) => {
      this.parts.report('warn', 'a missing range of a log could not be read; the sweep tries again', {
        log: log.id,
        error: String(error),
      });
    });
  }

  private async pullAll(log: ListenedLog): Promise<void> {
    try {
      while (this.logs.get(log.id) === log && log.head < log.knownSeq) {
        const after = log.head;
        // With the one before them, if it can be compared: a database that went back may have grown past it since.
        const overlap = lastTold(log) === undefined ? 0 : 1;
        const events = await this.parts.domain.readLog({
          log: log.id,
          after: after - overlap,
          upTo: log.knownSeq,
          limit: this.parts.limits.pullEvents + overlap,
          noticesOnly: false,
        });
        if (this.logs.get(log.id) !== log) return;
        const [first] = events;
        if (overlap === 1 && (first === undefined || first.seq > after || isAnother(log, first))) {
          log.knownSeq = log.head;
          this.doubt(log);
          return;
        }
        for (const event of events) {
          if (event.seq === log.head + 1 && event.epoch === log.epoch) this.apply(log, event);
        }
        this.applyAhead(log);
        // Nothing new: what was announced is not readable yet. The sweep comes back to it.
        if (log.head === after) {
          log.knownSeq = log.head;
          return;
        }
      }
    } finally {
      log.pulling = false;
    }
  }

  /** The database seems to lack what was told here: only a transaction on it can say. */
  private doubt(log: ListenedLog): void {
    log.doubted ??= { epoch: log.epoch, seq: log.head, ...lastTold(log) };
    if (log.confirming) return;
    log.confirming = true;
    void this.confirm(log, log.doubted).catch((error: unknown) => {
      this.parts.report('warn', 'whether a log went back could not be found out; the sweep tries again', {
        log: log.id,
        error: String(error),
      });
    });
  }

  private async confirm(log: ListenedLog, told: ToldHead): Promise<void> {
    try {
      const found = await this.parts.domain.confirmHead(log.id, told);
      log.doubted = null;
      if (found === undefined) return;
      if (found.epoch > told.epoch) {
        this.parts.report('error', 'the database lost events that had been told: the log goes on in a new epoch', {
          log: log.id,
          told: told.seq,
          found: found.seq,
        });
      }
      this.learn(log, found);
    } finally {
      log.confirming = false;
    }
  }

  private rewrite(log: ListenedLog): void {
    this.drop(log);
    this.parts.onEpochChanged(log);
  }

  private readonly forget = (log: ListenedLog): void => {
    this.lingering -= 1;
    this.drop(log);
  };

  private drop(log: ListenedLog): void {
    this.windows.clear(log);
    if (this.logs.get(log.id) !== log) return;
    this.logs.delete(log.id);
    this.parts.topics.unfollow(log.id);
  }
}

/** The newest event, if it is still known. */
function lastTold(log: ListenedLog): Pick<ToldHead, 'event'> | undefined {
  const [last] = log.window.last === log.head ? log.window.slice(log.head - 1, log.head, 1) : [];
  return last && { event: identityOf(last.text) };
}

/** Whether something else was told under that seq. */
function isAnother(log: ListenedLog, event: StoredEvent): boolean {
  if (!log.window.covers(event.seq - 1, event.seq)) return false;
  const [told] = log.window.slice(event.seq - 1, event.seq, 1);
  return told !== undefined && identityOf(told.text) !== identityOf(event.json);
}
