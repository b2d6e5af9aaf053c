import type { LoggedEvent, LoggedEventShape, LogId, WireError } from '@confab/protocol';
import type { LogPosition } from './cursor.ts';
import type { FollowedLogsHandlers, Unfollowed } from './followed-logs.ts';
import type { LogFollower } from './followed-rooms.ts';
import { SharedEvent } from './shared-event.ts';
import type { SharedLogs } from './shared-logs.ts';

/** One of several followers of a session's logs: every event of its logs once, in order, from its own positions on. */
export class LogReader implements LogFollower {
  private readonly shared: SharedLogs;
  private readonly handlers: FollowedLogsHandlers;
  private readonly at = new Map<LogId, LogPosition>();
  /** Logs that begin at their head, which is not known yet. */
  private readonly fromHead = new Set<LogId>();
  /** Logs that are being read up to where listening stands. */
  private readonly reading = new Set<LogId>();

  constructor(shared: SharedLogs, handlers: FollowedLogsHandlers) {
    this.shared = shared;
    this.handlers = handlers;
  }

  get positions(): ReadonlyMap<LogId, LogPosition> {
    return this.at;
  }

  follows(log: LogId): boolean {
    return this.at.has(log) || this.fromHead.has(log);
  }

  /** Resolves when all that was missed was told. */
  async follow(logs: ReadonlyMap<LogId, LogPosition | null>): Promise<WireError | undefined> {
    for (const [log, position] of logs) {
      const from = position ?? this.shared.headOf(log);
      if (from === undefined) this.fromHead.add(log);
      else this.at.set(log, from);
    }
    const error = await this.shared.listen(logs);
    if (error !== undefined) {
      this.unfollow([...logs.keys()]);
      return error;
    }
    for (const log of logs.keys()) {
      this.begin(log);
      await this.catchUp(log);
    }
    return undefined;
  }

  unfollow(logs: readonly LogId[]): void {
    for (const log of logs) this.forget(log);
    this.shared.release(logs);
  }

  close(): void {
    this.shared.closed(this);
    this.unfollow([...this.at.keys(), ...this.fromHead]);
  }

  /** The session's events reach it by `hear`. */
  take(): boolean {
    return false;
  }

  hear(event: SharedEvent): void {
    const { frame } = event;
    if (!('log' in frame) || frame.log === undefined) return;
    const { log } = frame;
    if ('seq' in frame && this.fromHead.delete(log)) this.at.set(log, { epoch: frame.epoch, seq: frame.seq - 1 });
    const position = this.at.get(log);
    if (position === undefined || this.reading.has(log)) return;
    if ('seq' in frame) {
      if (frame.epoch !== position.epoch || frame.seq <= position.seq) return;
      if (frame.seq > position.seq + 1) {
        void this.catchUp(log);
        return;
      }
      this.at.set(log, { epoch: frame.epoch, seq: frame.seq });
    }
    this.handlers.event(event);
  }

  drop(log: LogId, reason: Unfollowed): void {
    if (this.forget(log)) this.handlers.unfollowed(log, reason);
  }

  private forget(log: LogId): boolean {
    const began = this.fromHead.delete(log);
    return this.at.delete(log) || began;
  }

  private begin(log: LogId): void {
    const head = this.shared.headOf(log);
    if (head !== undefined && this.fromHead.delete(log)) this.at.set(log, head);
  }

  /** Reads on until nothing lies between this reader and what it hears. */
  private async catchUp(log: LogId): Promise<void> {
    if (this.reading.has(log)) return;
    this.reading.add(log);
    try {
      while (this.isBehind(log)) {
        await this.shared.session.roomToWrite();
        if (!(await this.readPage(log))) return;
      }
    } finally {
      this.reading.delete(log);
    }
  }

  private isBehind(log: LogId): boolean {
    const position = this.at.get(log);
    const head = this.shared.headOf(log);
    if (position === undefined || head === undefined || this.shared.session.isOver) return false;
    if (position.epoch !== head.epoch) {
      this.drop(log, 'epoch');
      return false;
    }
    return position.seq < head.seq;
  }

  /** Answers whether to read on. What was read is told before anything else arrives, so the reader goes on live. */
  private readPage(log: LogId): Promise<boolean> {
    const { session } = this.shared;
    const after = this.at.get(log)?.seq ?? 0;
    return new Promise((resolve) => {
      session.ask(
        'log.read',
        { log, after },
        {
          resolve: ({ epoch, events }) => {
            const isSame = epoch === this.at.get(log)?.epoch;
            if (isSame) this.tell(log, events);
            else this.drop(log, 'epoch');
            // Nothing where something should be: the log was trimmed, and its end is where it goes on.
            if (isSame && events.length === 0) this.skipToHead(log);
            if (!this.isBehind(log)) this.reading.delete(log);
            resolve(isSame && this.isBehind(log));
          },
          reject: (error) => {
            // It comes back with its cursor; what was told so far is not told again.
            if (error.retry === 'later') session.violated('overloaded');
            else this.drop(log, 'forbidden');
            resolve(false);
          },
        },
      );
    });
  }

  private tell(log: LogId, frames: readonly LoggedEventShape[]): void {
    for (const frame of frames) {
      const position = this.at.get(log);
      if (position === undefined || frame.seq !== position.seq + 1) continue;
      this.at.set(log, { epoch: frame.epoch, seq: frame.seq });
      this.handlers.event(new SharedEvent(frame as LoggedEvent, JSON.stringify(frame)));
    }
  }

  private skipToHead(log: LogId): void {
    const head = this.shared.headOf(log);
    if (head !== undefined && this.at.has(log)) this.at.set(log, head);
  }
}
