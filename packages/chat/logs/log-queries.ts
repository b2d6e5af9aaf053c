import type { LogId, UserId } from '@confab/protocol';
import { inboxLog, parseLogId } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import { sessionStands } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { StoredEvent } from '../effects.ts';
import { eventRows, positionOf, storedEvent } from '../log.ts';

export interface LogHead {
  readonly epoch: number;
  readonly seq: number;
  readonly count: number;
}

export interface LogRange {
  readonly log: LogId;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
  readonly noticesOnly: boolean;
}

type HeadRow = LogHead & { id: LogId };
const head = 'l.id, l.epoch, l.head AS seq, l.count';

/** Which of these logs each kind of asker may listen to ([L11]); parameters: the asker, and ids. */
const listenable = {
  room: `SELECT ${head} FROM rooms r JOIN logs l ON l.id = 'room:' || r.id
    JOIN users u ON u.id = ?
    LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = u.id
    LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = u.id
    WHERE r.id = ANY (?) AND ((rm.user_id IS NOT NULL AND (r.space_id IS NULL OR sm.user_id IS NOT NULL))
      OR (r.visibility = 'public' AND sm.role <> 'guest'))`,
  space: `SELECT ${head} FROM space_members sm JOIN logs l ON l.id = 'space:' || sm.space_id
    WHERE sm.user_id = ? AND sm.space_id = ANY (?) AND sm.role <> 'guest'`,
} as const;

function* listenableOf(kind: 'room' | 'space', user: UserId, logs: readonly LogId[]): Step<HeadRow[]> {
  const ids = logs.map(parseLogId).filter((log) => log.kind === kind);
  if (ids.length === 0) return [];
  return yield* sql.all<HeadRow>(
    listenable[kind],
    user,
    ids.map(({ id }) => id),
  );
}

function inOrder(logs: readonly LogId[], rows: readonly HeadRow[]): (LogHead | undefined)[] {
  const byId = new Map(rows.map(({ id, epoch, seq, count }) => [id, { epoch, seq, count }]));
  return logs.map((log) => byId.get(log));
}

/** For each log its head if the asker may listen, otherwise `undefined`; nothing at all for an ended session. */
export function* mayListen(input: {
  actor: Actor;
  logs: readonly LogId[];
  now: number;
}): Step<(LogHead | undefined)[]> {
  const { actor, logs } = input;
  if (!(yield* sessionStands(input))) return logs.map(() => undefined);
  const own = inboxLog(actor.user);
  const rows = [
    ...(yield* listenableOf('room', actor.user, logs)),
    ...(yield* listenableOf('space', actor.user, logs)),
  ];
  if (logs.includes(own)) {
    const position = yield* positionOf(own);
    if (position) rows.push({ id: own, ...position });
  }
  return inOrder(logs, rows);
}

/** Heads of logs, whoever asks. */
export function* logHeads(logs: readonly LogId[]): Step<(LogHead | undefined)[]> {
  return inOrder(logs, yield* sql.all<HeadRow>(`SELECT ${head} FROM logs l WHERE l.id = ANY (?)`, logs));
}

/** Events in (after, upTo], ascending, at most `limit`, with the frames that they were first told with. */
export function* readLog(range: LogRange): Step<StoredEvent[]> {
  const position = yield* positionOf(range.log);
  if (!position) return [];
  const rows = yield* eventRows(range.log, range);
  return rows.map((row) => storedEvent(range.log, position.epoch, row));
}
