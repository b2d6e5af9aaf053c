import type { EventFrame, LogId } from '@confab/protocol';
import { encodeCursor, type LogPosition } from '../../session/index.ts';

/**
 * Where a subscription to many logs stands by what it has told, not by what still waits to be told: its cursor after
 * an event is one from which everything that follows comes, and nothing that came.
 */
export class EventCursor {
  private readonly positions = new Map<LogId, LogPosition>();

  /** A log that is followed from here on; one that is known already stays where it is. */
  begins(log: LogId, position: LogPosition): void {
    if (!this.positions.has(log)) this.positions.set(log, { epoch: position.epoch, seq: position.seq });
  }

  forget(log: LogId): void {
    this.positions.delete(log);
  }

  /** An event was put in line: its log begins before it, if it was not known. */
  heard(frame: EventFrame): void {
    if (!('seq' in frame)) return;
    const known = this.positions.get(frame.log);
    if (known?.epoch === frame.epoch) return;
    this.positions.set(frame.log, { epoch: frame.epoch, seq: frame.seq - 1 });
  }

  /** An event leaves. */
  told({ log, epoch, seq }: { log: string | null; epoch: number | null; seq: number | null }): void {
    if (log !== null && epoch !== null && seq !== null) this.positions.set(log as LogId, { epoch, seq });
  }

  text(): string {
    return encodeCursor(this.positions);
  }
}
