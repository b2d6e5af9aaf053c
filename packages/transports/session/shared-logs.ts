import type { LogId, WireError } from '@confab/protocol';
import type { LogPosition } from './cursor.ts';
import { FollowedLogs, type FollowedLogsHandlers } from './followed-logs.ts';
import type { LogFollower } from './followed-rooms.ts';
import type { GatewaySession } from './gateway-session.ts';
import { LogReader } from './log-reader.ts';
import type { SharedEvent } from './shared-event.ts';

/**
 * Several followers over one session, each from its own positions. A log is listened to once; who comes later, or
 * from further back, reads the log up to where that listening stands and goes on with it.
 */
export class SharedLogs {
  readonly session: GatewaySession;
  private readonly logs: FollowedLogs;
  private readonly readers = new Set<LogReader>();
  /** Listening is begun by one follower after the other, so that none sets a log back that another relies on. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(session: GatewaySession) {
    this.session = session;
    this.logs = new FollowedLogs(session, {
      event: (event) => this.eachReader((reader) => reader.hear(event)),
      unfollowed: (log, reason) => this.eachReader((reader) => reader.drop(log, reason)),
    });
  }

  /** To be handed every event of the session; answers whether it was one of a log that someone follows, or about one. */
  take(event: SharedEvent): boolean {
    return this.logs.take(event);
  }

  /** Where listening stands: everything up to there was told, what follows will be. */
  headOf(log: LogId): LogPosition | undefined {
    return this.logs.positions.get(log);
  }

  /** A follower; `close` lets go of all that it follows. */
  follower(handlers: FollowedLogsHandlers): LogFollower & { close(): void } {
    const reader = new LogReader(this, handlers);
    this.readers.add(reader);
    return reader;
  }

  /** Listens to those of these logs that nobody listens to yet. */
  listen(logs: ReadonlyMap<LogId, LogPosition | null>): Promise<WireError | undefined> {
    const begun = this.turn.then(() => {
      const fresh = new Map([...logs].filter(([log]) => !this.logs.follows(log)));
      return fresh.size === 0 ? undefined : this.logs.follow(fresh);
    });
    this.turn = begun.catch(() => undefined);
    return begun;
  }

  /** Stops listening to those that nobody follows any more. */
  release(logs: Iterable<LogId>): void {
    const unused = [...logs].filter((log) => ![...this.readers].some((reader) => reader.follows(log)));
    if (unused.length > 0) this.logs.unfollow(unused);
  }

  closed(reader: LogReader): void {
    this.readers.delete(reader);
  }

  private eachReader(tell: (reader: LogReader) => void): void {
    for (const reader of [...this.readers]) tell(reader);
  }
}
