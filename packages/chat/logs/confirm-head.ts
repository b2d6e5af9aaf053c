import type { LogId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { eventRows, positionOf, storedEvent } from '../log.ts';
import type { LogHead } from './log-queries.ts';

/** The newest event of a log that a node told. */
export interface ToldHead {
  readonly epoch: number;
  readonly seq: number;
  /** How its frame begins, up to what it says ([F4]), as far as that is still known. */
  readonly event?: string;
}

/**
 * Where a log stands, for a node that told more than is there, or something else: a fail-over to a copy that lacked the
 * last transactions does that. As what was told had been committed, a transaction that does not find it proves it; then
 * the log gets a new epoch ([L1]), by whichever node asks first. `now`: Unix milliseconds.
 */
export function* confirmHead(input: { log: LogId; told: ToldHead; now: number }): Step<LogHead | undefined> {
  const { log, told, now } = input;
  const position = yield* positionOf(log);
  if (position === undefined || position.epoch > told.epoch) return position;
  if (position.epoch === told.epoch && (yield* holds(log, told, position))) return position;
  // Above what was told, and by the clock, like after a restore: a copy may have gone back more than once.
  const epoch = Math.max(told.epoch + 1, Math.floor(now / 1_000));
  yield* sql.send('UPDATE logs SET epoch = ? WHERE id = ?', epoch, log);
  return { ...position, epoch };
}

function* holds(log: LogId, { seq, event }: ToldHead, position: LogHead): Step<boolean> {
  if (position.seq < seq) return false;
  if (event === undefined) return true;
  const [row] = yield* eventRows(log, { after: seq - 1, upTo: seq, limit: 1, noticesOnly: false });
  return row !== undefined && storedEvent(log, position.epoch, row).json.startsWith(event);
}
