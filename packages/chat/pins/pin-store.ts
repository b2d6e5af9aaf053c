import type { MessageId, Pinned, RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';

interface PinRow {
  message_id: MessageId;
  pinned_by: UserId;
  pinned_at: number;
}

/** The pins of those messages that are pinned. */
export function* pinsOf(_asker: UserId, messages: readonly MessageId[]): Step<Map<MessageId, Pinned>> {
  const rows = yield* sql.all<PinRow>(
    'SELECT message_id, pinned_by, pinned_at FROM pins WHERE message_id = ANY (?)',
    messages,
  );
  return new Map(rows.map((row) => [row.message_id, { by: row.pinned_by, at: row.pinned_at }]));
}

export function* isPinned(message: MessageId): Step<boolean> {
  return (yield* sql.get('SELECT 1 AS yes FROM pins WHERE message_id = ?', message)) !== undefined;
}

export function* countPins(room: RoomId): Step<number> {
  const row = yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM pins WHERE room_id = ?', room);
  return row?.n ?? 0;
}

/** `seq`: of the event that tells it. */
export function* insertPin(message: MessageId, room: RoomId, pinned: Pinned, seq: number): Step<void> {
  yield* sql.run(
    'INSERT INTO pins (message_id, room_id, pinned_by, pinned_at, seq) VALUES (?, ?, ?, ?, ?)',
    message,
    room,
    pinned.by,
    pinned.at,
    seq,
  );
}

/** `false` when it was not pinned. */
export function* deletePin(message: MessageId): Step<boolean> {
  return (yield* sql.run('DELETE FROM pins WHERE message_id = ?', message)) === 1;
}

/** Pinned messages of a room, the one pinned last first. */
export function* pinnedIn(room: RoomId): Step<MessageId[]> {
  const rows = yield* sql.all<{ message_id: MessageId }>(
    'SELECT message_id FROM pins WHERE room_id = ? ORDER BY seq DESC',
    room,
  );
  return rows.map((row) => row.message_id);
}

/** What is not there any more is not pinned either. */
export function* dropPin(_tx: Transaction, { message }: FactOf<'message-deleted'>): Step<void> {
  yield* sql.run('DELETE FROM pins WHERE message_id = ?', message);
}
