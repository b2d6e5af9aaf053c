import type { LogId } from '@confab/protocol';
import type { LogPosition, Positions } from '../../session/index.ts';
import { notFollowed, writeOffset } from './resume-point.ts';

/** What moved on one socket since its `pid` was made: what its offsets are written from. */
export class Progress {
  readonly generation: number;
  private readonly maxLogs: number;
  /** By log, so that sockets that heard of the same logs write the same text. */
  private moved: Map<LogId, LogPosition>;
  /** Logs of the `pid`, as long as those that it does not name may still be followed without having been told of. */
  private named: ReadonlySet<LogId> | null;

  /**
   * `moved`: what an earlier offset of the same `pid` told; `named`: the logs that the `pid` names, unless it was made
   * just now and names all.
   */
  constructor(generation: number, maxLogs: number, moved: Positions = new Map(), named: Positions | null = null) {
    this.generation = generation;
    this.maxLogs = maxLogs;
    this.named = named === null ? null : new Set(named.keys());
    this.moved = new Map([...moved].sort(byLog));
  }

  /** All is followed that is to be: from here on the offset tells of the logs too that the `pid` does not know of. */
  complete(positions: () => Positions): void {
    if (this.named === null) return;
    for (const [log, position] of positions()) {
      if (!this.named.has(log) && !this.moved.has(log)) this.set(log, position);
    }
    this.named = null;
  }

  set(log: LogId, { epoch, seq }: LogPosition): void {
    const isNew = !this.moved.has(log);
    this.moved.set(log, { epoch, seq });
    if (isNew && this.moved.size > 1) this.moved = new Map([...this.moved].sort(byLog));
  }

  /** The client left the room of this log: a recovered one is not to hear of it. */
  leave(log: LogId): void {
    this.set(log, notFollowed);
  }

  /** Whether nothing but this log moved: then all sockets that this is true of have the same offset. */
  isOnly(log: LogId): boolean {
    return this.moved.size === 1 && this.moved.has(log);
  }

  get offset(): string {
    return writeOffset(this.generation, this.moved, this.maxLogs);
  }
}

function byLog([a]: [LogId, LogPosition], [b]: [LogId, LogPosition]): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
