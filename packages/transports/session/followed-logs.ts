import {
  type ListenAnswer,
  type ListenRequest,
  type LoggedEvent,
  type LoggedEventShape,
  type LogId,
  limits,
  type WireError,
} from '@confab/protocol';
import type { LogPosition } from './cursor.ts';
import type { GatewaySession } from './gateway-session.ts';
import { SharedEvent } from './shared-event.ts';

/** Why a log is not followed (any more). `epoch`: its history was rewritten; begin anew without a position. */
export type Unfollowed = 'forbidden' | 'epoch' | 'trimmed';

export interface FollowedLogsHandlers {
  /** A logged event, the next of its log: none is left out and none comes twice. Or an ephemeral one of a log. */
  event(event: SharedEvent): void;
  unfollowed(log: LogId, reason: Unfollowed): void;
}

/**
 * Live listening to any number of logs from given positions, as a foreign client wants it: every event once, in order,
 * without a gap, however long it was away. What is missed in bulk is paged, as fast as the other side takes it.
 */
export class FollowedLogs {
  private readonly session: GatewaySession;
  private readonly handlers: FollowedLogsHandlers;
  private readonly at = new Map<LogId, LogPosition>();

  constructor(session: GatewaySession, handlers: FollowedLogsHandlers) {
    this.session = session;
    this.handlers = handlers;
  }

  /** Where each followed log stands: what a cursor is made of. */
  get positions(): ReadonlyMap<LogId, LogPosition> {
    return this.at;
  }

  follows(log: LogId): boolean {
    return this.at.has(log);
  }

  /**
   * Follows these logs; a position of `null` begins at the head. Resolves when all that was missed has been handed to
   * `event`. Answers with the error when the command itself was refused (too many logs).
   */
  async follow(logs: ReadonlyMap<LogId, LogPosition | null>): Promise<WireError | undefined> {
    let rest = [...logs].map(([log, position]) => requestFor(log, position));
    while (rest.length > 0 && !this.session.isOver) {
      const outcome = await this.listen(rest.slice(0, limits.logsPerCommand));
      if ('error' in outcome) return outcome.error;
      rest = rest.slice(limits.logsPerCommand);
      for (const log of outcome.behind) {
        await this.page(log);
        // Now the rest, if there is any, fits into the answer.
        const position = this.at.get(log);
        if (position !== undefined) rest.push(requestFor(log, position));
      }
    }
    return undefined;
  }

  unfollow(logs: readonly LogId[]): void {
    const known = logs.filter((log) => this.at.delete(log));
    if (known.length > 0) void this.session.request('log.unlisten', { logs: known });
  }

  /** Hands on an event of the session; answers whether it was one of a followed log or about one. */
  take(event: SharedEvent): boolean {
    const { frame } = event;
    if (frame.event === 'log.closed') {
      const log = frame.data.log as LogId;
      this.drop(log, frame.data.reason);
      return true;
    }
    if (!('log' in frame) || frame.log === undefined) return false;
    const position = this.at.get(frame.log);
    if (position === undefined) return false;
    if ('seq' in frame) {
      if (frame.epoch !== position.epoch || frame.seq !== position.seq + 1) return true;
      this.at.set(frame.log, { epoch: frame.epoch, seq: frame.seq });
    }
    this.handlers.event(event);
    return true;
  }

  private listen(logs: ListenRequest[]): Promise<{ behind: ReadonlySet<LogId> } | { error: WireError }> {
    return new Promise((resolve) => {
      this.session.ask(
        'log.listen',
        { logs },
        {
          // Synchronously, because the next frame of the same write may be the event that follows.
          resolve: (result) => resolve({ behind: this.begin(logs, result.logs) }),
          reject: (error) => resolve({ error }),
        },
      );
    });
  }

  /** Takes the answer in; says which logs have to be paged before they can be listened to. */
  private begin(requests: readonly ListenRequest[], answers: readonly ListenAnswer[]): ReadonlySet<LogId> {
    const behind = new Set<LogId>();
    for (const [index, answer] of answers.entries()) {
      const { log } = answer;
      if (answer.status === 'failed') {
        this.at.delete(log);
        this.handlers.unfollowed(log, answer.reason);
      } else if (answer.status === 'behind') {
        this.at.set(log, { epoch: answer.epoch, seq: requests[index]?.after ?? answer.seq });
        behind.add(log);
      } else {
        this.at.set(log, { epoch: answer.epoch, seq: requests[index]?.after ?? answer.seq });
        this.takeAll(answer.events);
      }
    }
    // Events beyond the head are of no use before those in between: listening begins again after paging.
    if (behind.size > 0) void this.session.request('log.unlisten', { logs: [...behind] });
    return behind;
  }

  /** Reads on from where a log stands until it is at its head. */
  private async page(log: LogId): Promise<void> {
    for (;;) {
      await this.session.roomToWrite();
      const position = this.at.get(log);
      if (position === undefined || this.session.isOver) return;
      const outcome = await this.session.request('log.read', { log, after: position.seq });
      if ('error' in outcome) {
        // It comes back with its cursor; what was handed on so far is not told again.
        if (outcome.error.retry === 'later') this.session.violated('overloaded');
        else this.drop(log, 'forbidden');
        return;
      }
      const { epoch, seq, events } = outcome.result;
      if (epoch !== position.epoch) {
        this.drop(log, 'epoch');
        return;
      }
      this.takeAll(events);
      if (events.length === 0 || (this.at.get(log)?.seq ?? seq) >= seq) return;
    }
  }

  private takeAll(frames: readonly LoggedEventShape[]): void {
    for (const frame of frames) this.take(new SharedEvent(frame as LoggedEvent, JSON.stringify(frame)));
  }

  private drop(log: LogId, reason: Unfollowed): void {
    if (this.at.delete(log)) this.handlers.unfollowed(log, reason);
  }
}

function requestFor(log: LogId, position: LogPosition | null): ListenRequest {
  return { log, level: 'live', ...(position === null ? {} : { epoch: position.epoch, after: position.seq }) };
}
