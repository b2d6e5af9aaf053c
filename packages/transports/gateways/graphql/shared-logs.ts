import type { LoggedEvent, LogId, WireError } from '@confab/protocol';
import {
  FollowedLogs,
  type FollowedLogsHandlers,
  type GatewaySession,
  type LogFollower,
  type LogPosition,
  SharedEvent,
  type Unfollowed,
} from '../../session/index.ts';

interface Entry {
  readonly holders: Set<Follower>;
  /** The session listens, or was refused. */
  ready: Promise<WireError | undefined>;
}

/**
 * The logs that one connection listens to on behalf of any number of subscriptions, each with a position of its own.
 * A session listens to a log once: whoever comes later reads what lies between, and then hears the same events.
 */
export class SharedLogs {
  readonly session: GatewaySession;
  readonly logs: FollowedLogs;
  private readonly entries = new Map<LogId, Entry>();

  constructor(session: GatewaySession) {
    this.session = session;
    this.logs = new FollowedLogs(session, {
      event: (event) => this.tell(event),
      unfollowed: (log, reason) => this.lost(log, reason),
    });
  }

  follower(handlers: FollowedLogsHandlers): LogFollower {
    return new Follower(this, handlers);
  }

  entry(log: LogId): Entry | undefined {
    return this.entries.get(log);
  }

  /** Begins to listen on behalf of one who is the first to. */
  begin(logs: ReadonlyMap<LogId, LogPosition | null>, holder: Follower): Promise<WireError | undefined> {
    const ready = this.logs.follow(logs);
    for (const log of logs.keys()) this.entries.set(log, { holders: new Set([holder]), ready });
    return ready.then((error) => {
      for (const log of logs.keys()) {
        const entry = this.entries.get(log);
        if (error !== undefined && entry?.ready === ready) this.entries.delete(log);
        // Everyone left before it had begun.
        if (entry === undefined) this.logs.unfollow([log]);
      }
      return error;
    });
  }

  release(log: LogId, holder: Follower): void {
    const entry = this.entries.get(log);
    if (!entry?.holders.delete(holder) || entry.holders.size > 0) return;
    this.entries.delete(log);
    this.logs.unfollow([log]);
  }

  private tell(event: SharedEvent): void {
    const { frame } = event;
    if (!('log' in frame) || frame.log === undefined) return;
    for (const holder of this.entries.get(frame.log)?.holders ?? []) holder.hear(frame.log, event);
  }

  private lost(log: LogId, reason: Unfollowed): void {
    const holders = this.entries.get(log)?.holders ?? [];
    this.entries.delete(log);
    for (const holder of [...holders]) holder.lost(log, reason);
  }
}

class Follower implements LogFollower {
  private readonly shared: SharedLogs;
  private readonly handlers: FollowedLogsHandlers;
  private readonly at = new Map<LogId, LogPosition>();
  /** Logs whose events it hears; the others it still reads up to where the session is. */
  private readonly joined = new Set<LogId>();

  constructor(shared: SharedLogs, handlers: FollowedLogsHandlers) {
    this.shared = shared;
    this.handlers = handlers;
  }

  get positions(): ReadonlyMap<LogId, LogPosition> {
    return this.at;
  }

  /** As of `FollowedLogs`. */
  async follow(logs: ReadonlyMap<LogId, LogPosition | null>): Promise<WireError | undefined> {
    const { shared } = this;
    const fresh = new Map([...logs].filter(([log]) => shared.entry(log) === undefined));
    for (const [log, position] of fresh) {
      this.joined.add(log);
      if (position !== null) this.at.set(log, position);
    }
    const begun = fresh.size > 0 ? shared.begin(fresh, this) : undefined;
    const others = [...logs].filter(([log]) => !fresh.has(log)).map(([log, position]) => this.join(log, position));
    const errors = await Promise.all([begun, ...others]);
    for (const log of fresh.keys()) this.stand(log);
    return errors.find((error) => error !== undefined);
  }

  unfollow(logs: readonly LogId[]): void {
    for (const log of logs) {
      this.at.delete(log);
      this.joined.delete(log);
      this.shared.release(log, this);
    }
  }

  /** Events come to it through the shared logs. */
  take(): boolean {
    return false;
  }

  hear(log: LogId, event: SharedEvent): void {
    const { frame } = event;
    if (!this.joined.has(log)) return;
    if ('seq' in frame) {
      const position = this.at.get(log);
      // Without a position it takes the first that comes; what it was told already comes again for others.
      if (position !== undefined && (frame.epoch !== position.epoch || frame.seq !== position.seq + 1)) return;
      this.at.set(log, { epoch: frame.epoch, seq: frame.seq });
    }
    this.handlers.event(event);
  }

  lost(log: LogId, reason: Unfollowed): void {
    // One that has not joined yet notices by itself, and begins anew.
    if (!this.joined.delete(log)) return;
    this.at.delete(log);
    this.handlers.unfollowed(log, reason);
  }

  /** Where it stands that began at the head and has heard nothing yet. */
  private stand(log: LogId): void {
    const position = this.shared.logs.positions.get(log);
    if (position !== undefined && this.joined.has(log) && !this.at.has(log)) this.at.set(log, position);
  }

  /** Follows what the session listens to already. */
  private async join(log: LogId, position: LogPosition | null): Promise<WireError | undefined> {
    const { shared } = this;
    const entry = shared.entry(log);
    if (entry === undefined) return this.follow(new Map([[log, position]]));
    entry.holders.add(this);
    if (position !== null) this.at.set(log, position);
    await entry.ready;
    for (;;) {
      const head = shared.logs.positions.get(log);
      if (shared.session.isOver || !entry.holders.has(this)) return undefined;
      if (shared.entry(log) !== entry || head === undefined) return this.join(log, this.at.get(log) ?? null);
      const own = this.at.get(log) ?? head;
      if (own.epoch !== head.epoch) return this.giveUp(log, 'epoch');
      if (own.seq >= head.seq) {
        // In the same turn, so that nothing comes between.
        this.at.set(log, own);
        this.joined.add(log);
        return undefined;
      }
      if (!(await this.read(log, own))) return this.giveUp(log, 'forbidden');
    }
  }

  /** Reads one page from its own position on; answers whether it may. */
  private async read(log: LogId, own: LogPosition): Promise<boolean> {
    const { session } = this.shared;
    await session.roomToWrite();
    const outcome = await session.request('log.read', { log, after: own.seq });
    if ('error' in outcome) {
      // It comes back with its cursor; what was handed on so far is not told again.
      if (outcome.error.retry === 'later') session.violated('overloaded');
      return outcome.error.retry === 'later';
    }
    if (!this.at.has(log)) return true;
    if (outcome.result.events.length === 0) return false;
    for (const frame of outcome.result.events) {
      this.at.set(log, { epoch: frame.epoch, seq: frame.seq });
      this.handlers.event(new SharedEvent(frame as LoggedEvent, JSON.stringify(frame)));
    }
    return true;
  }

  private giveUp(log: LogId, reason: Unfollowed): undefined {
    this.unfollow([log]);
    this.handlers.unfollowed(log, reason);
  }
}
