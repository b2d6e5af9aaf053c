import type { LogId, RoomId } from '@confab/protocol';
import { decodeCursor, encodeCursor, type LogPosition, type Positions } from '../../session/index.ts';

/**
 * Where a client stands, in the two texts that a Socket.IO client hands back when it reconnects. `pid` is given once,
 * when it connects, and names the position of every log that it follows; it stays the same as long as the client is
 * recovered. `offset` comes with each event and names only what has moved since, so that clients that hear the same
 * room get the same text. Neither is a secret or a right: what they name is read with the rights of who asks.
 */
export interface ResumePoint {
  readonly generation: number;
  /** Where each log is to be gone on with. */
  readonly from: Map<LogId, LogPosition>;
  /** What the `pid` and what the offset said of it. */
  readonly named: ReadonlyMap<LogId, LogPosition>;
  readonly moved: Map<LogId, LogPosition>;
  /** Rooms that the client had left with `leave`. */
  readonly left: ReadonlySet<RoomId>;
}

/** Stands in an offset for a room that is not followed any more; the epochs of logs begin at 1. */
export const notFollowed: LogPosition = { epoch: 0, seq: 0 };
/** An offset that says that there are too many positions to tell. */
const untold = '!';

/**
 * A client that could not be recovered still hands back the offset of before with its next reconnect, until it hears
 * something. The generation, one more with each new `pid`, tells such an offset from one that belongs to the `pid`.
 */
export function writePid(generation: number, positions: Positions): string {
  return `${generation}.${encodeCursor(positions)}`;
}

export function writeOffset(generation: number, moved: Positions, maxLogs: number): string {
  return moved.size > maxLogs ? `${generation}.${untold}` : `${generation}.${encodeCursor(moved)}`;
}

/** What a reconnecting client said, or `undefined` when it cannot be gone on from there. */
export function readResumePoint(pid: string, offset: string | undefined): ResumePoint | undefined {
  const baseline = read(pid);
  if (baseline === undefined) return undefined;
  const { generation } = baseline;
  const isOwn = offset !== undefined && generationOf(offset) === generation;
  const moved = isOwn ? read(offset)?.positions : new Map<LogId, LogPosition>();
  if (moved === undefined) return undefined;
  const from = new Map([...baseline.positions, ...moved]);
  const left = new Set<RoomId>();
  for (const [log, { epoch }] of moved) {
    if (epoch !== notFollowed.epoch) continue;
    from.delete(log);
    left.add(log.slice(log.indexOf(':') + 1) as RoomId);
  }
  return { generation, from, named: baseline.positions, moved, left };
}

/** The generation of the next `pid` for a client that handed back this offset. */
export function nextGeneration(offset: string | undefined): number {
  const generation = offset === undefined ? undefined : generationOf(offset);
  return generation === undefined ? 0 : (generation + 1) % 1_000_000;
}

function generationOf(text: string): number | undefined {
  const [, digits] = /^(\d{1,6})\./.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function read(text: string): { generation: number; positions: Map<LogId, LogPosition> } | undefined {
  const generation = generationOf(text);
  const positions = decodeCursor(text.slice(text.indexOf('.') + 1));
  return generation === undefined || positions === undefined ? undefined : { generation, positions };
}
