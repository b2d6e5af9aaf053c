import type { ListenAnswer, LoggedEvent, LogId, Position, Welcome } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { FollowedLog, type Level, type LogHandlers } from './followed-log.ts';

interface Line {
  /** Must call back in the order of the frames: what follows the answer builds on it ([L4]). */
  listen(
    logs: ReturnType<FollowedLog['request']>[],
    answered: (answers: ListenAnswer[]) => void,
    failed: () => void,
  ): void;
  unlisten(logs: LogId[]): void;
  later(task: () => void): void;
}

/**
 * All logs that this client follows. After a welcome one `log.listen` carries all cursors ([L4]); after that only
 * what changed is asked for, gathered over one turn.
 */
export class Listening {
  readonly #logs = new Map<LogId, FollowedLog>();
  readonly #handlers: LogHandlers;
  readonly #line: Line;
  #mostLogs = 0;
  #planned = false;

  constructor(handlers: LogHandlers, line: Line) {
    this.#handlers = handlers;
    this.#line = line;
  }

  /** Follows a log from `place` on; one that is followed already keeps its own place. */
  follow(log: LogId, level: Level, place: Position | null): void {
    if (this.#logs.has(log)) return;
    this.#logs.set(log, new FollowedLog(log, level, place, this.#handlers));
    this.#plan();
  }

  setLevel(log: LogId, level: Level): void {
    const followed = this.#logs.get(log);
    if (followed === undefined || followed.level === level) return;
    followed.level = level;
    this.#plan();
  }

  unfollow(log: LogId): void {
    if (!this.#forget(log)) return;
    if (this.#mostLogs > 0) this.#line.unlisten([log]);
  }

  /** The server told us nothing more of this log by itself. */
  drop(log: LogId): void {
    this.#forget(log);
  }

  /** Forgets every log and its place: another person, or a history read anew. */
  clear(): void {
    const logs = [...this.#logs.keys()];
    for (const log of logs) this.#forget(log);
    if (this.#mostLogs > 0) for (const part of partsOf(logs)) this.#line.unlisten(part);
  }

  find(log: LogId): FollowedLog | undefined {
    return this.#logs.get(log);
  }

  welcomed(welcome: Welcome): void {
    this.#mostLogs = welcome.limits.logs;
    this.#ask();
  }

  lost(): void {
    this.#mostLogs = 0;
    for (const followed of this.#logs.values()) followed.lost();
  }

  received(event: LoggedEvent): void {
    this.#logs.get(event.log)?.received(event);
  }

  heardHead(log: LogId, position: Position): void {
    this.#logs.get(log)?.heardHead(position);
  }

  /** What is still being read of it is not applied any more: it may be followed anew, from another place. */
  #forget(log: LogId): boolean {
    this.#logs.get(log)?.lost();
    return this.#logs.delete(log);
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.#mostLogs > 0) this.#ask();
    });
  }

  #ask(): void {
    // Live ones first: should there be more logs than the server takes, the quiet rooms at the end go without.
    const all = [...this.#logs.values()].sort((a, b) => Number(b.level === 'live') - Number(a.level === 'live'));
    const over = all.slice(this.#mostLogs).filter((followed) => followed.listening);
    for (const followed of over) followed.lost();
    for (const part of partsOf(over.map(({ log }) => log))) this.#line.unlisten(part);
    const unsettled = all.slice(0, this.#mostLogs).filter((followed) => followed.unsettled);
    for (const part of partsOf(unsettled)) this.#listen(part);
  }

  #listen(part: readonly FollowedLog[]): void {
    const asked = part.map((followed) => ({ followed, level: followed.level, request: followed.request() }));
    this.#line.listen(
      asked.map(({ request }) => request),
      (answers) => {
        for (const [index, { followed, level }] of asked.entries()) {
          const answer = answers[index];
          if (answer !== undefined && this.#logs.get(followed.log) === followed) followed.answered(answer, level);
        }
        // A level may have changed while the answer was on its way.
        this.#plan();
      },
      () => {
        if (this.#mostLogs === 0) return;
        for (const { followed } of asked) followed.lost();
        this.#line.later(() => this.#plan());
      },
    );
  }
}

function partsOf<T>(list: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += limits.logsPerCommand) {
    parts.push(list.slice(start, start + limits.logsPerCommand));
  }
  return parts;
}
