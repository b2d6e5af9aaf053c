import type { LoggedEvent, LoggedEventName, LogId, Position, UserId } from '@confab/protocol';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import { isLine, isNotice } from '@confab/protocol/notices.ts';
import { type Step, sql } from '@confab/storage';
import type { StoredEvent } from './effects.ts';
import type { Transaction } from './transaction.ts';

export type EventData<Name extends LoggedEventName> = Extract<LoggedEvent, { event: Name }>['data'];

export interface NewEvent<Name extends LoggedEventName> {
  readonly log: LogId;
  readonly name: Name;
  readonly by: UserId | null;
  readonly data: EventData<Name>;
  /** The message that the event is about: a delete finds what it has to wipe by it ([L13]). */
  readonly subject?: string;
}

interface HeadRow {
  epoch: number;
  head: number;
  count: number;
}

/** A row of `events`, as far as its frame needs it. */
export interface EventRow {
  seq: number;
  count: number;
  at: number;
  author: UserId | null;
  name: string;
  data: string;
  /** 0: told in full to live listeners only; 1: to all; 2: to all, and no line of the timeline. */
  notice: number;
}

/** Replies that are not shown in the room count in their thread. */
const isCountable = (name: LoggedEventName, data: unknown): boolean =>
  name === 'message.posted' && showsInRoom(data as EventData<'message.posted'>);

export function* startLog(log: LogId): Step<void> {
  yield* sql.send('INSERT INTO logs (id, epoch, head, count) VALUES (?, 1, 0, 0)', log);
}

/**
 * Puts an event on a log, in the transaction of what it tells ([L1]): taking the number locks the log's row until the
 * commit, which makes the order of numbers the order of commits. Answers with the position that the log then has.
 */
export function* append<Name extends LoggedEventName>(tx: Transaction, event: NewEvent<Name>): Step<Position> {
  const countable = isCountable(event.name, event.data) ? 1 : 0;
  const head = yield* sql.get<HeadRow>(
    'UPDATE logs SET head = head + 1, count = count + ? WHERE id = ? RETURNING epoch, head, count',
    countable,
    event.log,
  );
  if (!head) throw new Error(`There is no log ${event.log}.`);
  const row: EventRow = {
    seq: head.head,
    count: head.count,
    at: tx.now,
    author: event.by,
    name: event.name,
    data: JSON.stringify(event.data),
    notice: isNotice(event.name, event.data) ? (isLine(event.name) ? 1 : 2) : 0,
  };
  yield* sql.send(
    'INSERT INTO events (log, seq, count, at, author, name, data, notice, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    event.log,
    row.seq,
    row.count,
    row.at,
    row.author,
    row.name,
    row.data,
    row.notice,
    event.subject ?? null,
  );
  tx.addEvent(storedEvent(event.log, head.epoch, row));
  return { epoch: head.epoch, seq: head.head, count: head.count };
}

/** The one place where a frame of [F4] is made, for new events and for those read back: they are equal byte for byte. */
export function storedEvent(log: LogId, epoch: number, row: EventRow): StoredEvent {
  const by = row.author === null ? 'null' : `"${row.author}"`;
  return {
    log,
    epoch,
    seq: row.seq,
    count: row.count,
    notice: row.notice > 0,
    redacts: row.name === 'message.deleted',
    json: `{"event":"${row.name}","log":"${log}","epoch":${epoch},"seq":${row.seq},"at":${row.at},"by":${by},"data":${row.data}}`,
  };
}

/** Where a log stands, or `undefined` when there is none of that name. */
export function* positionOf(log: LogId): Step<Position | undefined> {
  return yield* sql.get<Position>('SELECT epoch, head AS seq, count FROM logs WHERE id = ?', log);
}

/**
 * Replaces what the events of one name told about a subject ([L13]). What is left has to have the same shape, so that
 * a client which reads it later ends where one ends that heard everything.
 */
export function* retell<Name extends LoggedEventName>(
  log: LogId,
  subject: string,
  name: Name,
  data: EventData<Name>,
): Step<void> {
  yield* sql.run(
    'UPDATE events SET data = ? WHERE log = ? AND subject = ? AND name = ?',
    JSON.stringify(data),
    log,
    subject,
    name,
  );
}

/** The same where what each of them is to say from now on depends on what it said. */
export function* retellEach<Name extends LoggedEventName>(
  log: LogId,
  subject: string,
  name: Name,
  change: (data: EventData<Name>) => EventData<Name>,
): Step<void> {
  const rows = yield* sql.all<{ seq: number; data: string }>(
    'SELECT seq, data FROM events WHERE log = ? AND subject = ? AND name = ?',
    log,
    subject,
    name,
  );
  for (const { seq, data } of rows) {
    const changed = JSON.stringify(change(JSON.parse(data) as EventData<Name>));
    if (changed !== data) yield* sql.run('UPDATE events SET data = ? WHERE log = ? AND seq = ?', changed, log, seq);
  }
}

/** Events in (after, upTo], ascending, at most `limit`; with `noticesOnly` only notices among them. */
export function* eventRows(
  log: LogId,
  range: { after: number; upTo: number; limit: number; noticesOnly: boolean },
): Step<EventRow[]> {
  return yield* sql.all<EventRow>(
    `SELECT seq, count, at, author, name, data, notice FROM events
     WHERE log = ? AND seq > ? AND seq <= ?${range.noticesOnly ? ' AND notice > 0' : ''} ORDER BY seq LIMIT ?`,
    log,
    range.after,
    range.upTo,
    range.limit,
  );
}
