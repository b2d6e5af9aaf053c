import type { LogId } from '@confab/protocol';
import type { LogPosition } from '../../../session/index.ts';

/** One event on its way to the client, possibly in several copies. */
export interface Step {
  readonly log: LogId;
  readonly seq: number;
  /** Copies that are not acknowledged yet (QoS 1, 2) or not written (QoS 0). */
  left: number;
}

interface LogProgress {
  readonly epoch: number;
  /** The last event that was taken up. */
  seq: number;
  /** Events from the first on that has copies left, in order. */
  readonly open: Step[];
}

/** How far the client has acknowledged each log: what a session that comes back goes on from. */
export class Progress {
  private readonly logs = new Map<LogId, LogProgress>();
  private readonly moved: () => void;
  private ahead = 0;

  /** `moved` is called when a position has moved by an acknowledgement. */
  constructor(moved: () => void) {
    this.moved = moved;
  }

  /** Events that are settled while one before them is not. */
  get settledAhead(): number {
    return this.ahead;
  }

  begin(log: LogId, { epoch, seq }: LogPosition): void {
    this.forget(log);
    this.logs.set(log, { epoch, seq, open: [] });
  }

  forget(log: LogId): void {
    const open = this.logs.get(log)?.open ?? [];
    this.ahead -= open.filter(({ left }) => left === 0).length;
    this.logs.delete(log);
  }

  knows(log: LogId): boolean {
    return this.logs.has(log);
  }

  /** An event was taken up; `copies` of it are on their way. */
  take(log: LogId, epoch: number, seq: number, copies: number): Step {
    const step = { log, seq, left: copies };
    if (this.logs.get(log)?.epoch !== epoch) this.begin(log, { epoch, seq });
    const progress = this.logs.get(log);
    if (!progress) return step;
    progress.seq = seq;
    if (copies > 0) progress.open.push(step);
    return step;
  }

  /** One copy reached the client. Answers whether everything before and with it has. */
  settle(step: Step): boolean {
    step.left -= 1;
    const open = this.logs.get(step.log)?.open;
    if (!open?.includes(step)) return true;
    if (step.left > 0) return false;
    if (open[0] !== step) {
      this.ahead += 1;
      return false;
    }
    let settled = 1;
    while (open[settled]?.left === 0) settled += 1;
    open.splice(0, settled);
    this.ahead -= settled - 1;
    this.moved();
    return true;
  }

  /** Whether a position has passed an event. */
  isPast({ log, seq }: Step): boolean {
    const open = this.logs.get(log)?.open;
    return open === undefined || open[0] === undefined || open[0].seq > seq;
  }

  /** For each log the position up to which everything has reached the client. */
  positions(): Map<LogId, LogPosition> {
    const positions = new Map<LogId, LogPosition>();
    for (const [log, { epoch, seq, open }] of this.logs) {
      const [first] = open;
      positions.set(log, { epoch, seq: first === undefined ? seq : first.seq - 1 });
    }
    return positions;
  }
}
