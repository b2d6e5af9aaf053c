import type { LogId, WireError } from '@confab/protocol';
import { decodeCursor, type LogPosition, type Positions } from '../../session/index.ts';
import type { SignalRLimits } from './limits.ts';
import { wrongArgument } from './refusals.ts';

/**
 * The positions of a cursor, or of several: each names some logs, and of one that several name the furthest counts. So
 * a client may keep the first that a stream gave and the last of each log, and hand back all of them.
 */
export function positionsOf(
  given: unknown,
  limits: Pick<SignalRLimits, 'cursorChars' | 'cursors'>,
): { readonly positions: Positions } | { readonly error: WireError } {
  const cursors: unknown[] = Array.isArray(given) ? given : [given];
  if (cursors.length > limits.cursors) return wrongArgument('cursor', 'there are too many');
  const positions = new Map<LogId, LogPosition>();
  let chars = 0;
  for (const cursor of cursors) {
    if (typeof cursor !== 'string') return wrongArgument('cursor', 'it is not a text');
    chars += cursor.length;
    if (chars > limits.cursorChars) return wrongArgument('cursor', 'it is too long');
    const named = decodeCursor(cursor);
    if (named === undefined) return wrongArgument('cursor', 'it is not one of this server');
    for (const [log, position] of named) keepFurther(positions, log, position);
  }
  return { positions };
}

function keepFurther(positions: Map<LogId, LogPosition>, log: LogId, position: LogPosition): void {
  const known = positions.get(log);
  if (known?.epoch === position.epoch && known.seq >= position.seq) return;
  positions.set(log, position);
}
