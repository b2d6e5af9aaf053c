import type { ClientId, MessageId, RoomId, ScheduledId, ScheduledMessage, UserId } from '@confab/protocol';
import type { ErrorCode } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import { filesOfScheduled } from '../files/index.ts';

interface ScheduledRow {
  id: ScheduledId;
  user_id: UserId;
  room_id: RoomId;
  thread: MessageId | null;
  client_id: ClientId;
  text: string;
  due_at: number;
  created_at: number;
  failed: ErrorCode | null;
}

const columns = 'id, user_id, room_id, thread, client_id, text, due_at, created_at, failed';

const scheduledOf = (row: ScheduledRow, files: ScheduledMessage['files']): ScheduledMessage => ({
  id: row.id,
  room: row.room_id,
  ...(row.thread === null ? {} : { thread: row.thread }),
  clientId: row.client_id,
  text: row.text,
  ...(files ? { files } : {}),
  dueAt: row.due_at,
  createdAt: row.created_at,
  ...(row.failed === null ? {} : { failed: row.failed }),
});

export interface OwnedScheduled {
  readonly user: UserId;
  readonly scheduled: ScheduledMessage;
}

export function* scheduledById(id: string): Step<OwnedScheduled | undefined> {
  const row = yield* sql.get<ScheduledRow>(`SELECT ${columns} FROM scheduled_messages WHERE id = ?`, id);
  if (!row) return undefined;
  const files = yield* filesOfScheduled([row.id]);
  return { user: row.user_id, scheduled: scheduledOf(row, files.get(row.id)) };
}

/** All that wait, the next one first. */
export function* scheduledOfUser(user: UserId): Step<ScheduledMessage[]> {
  const rows = yield* sql.all<ScheduledRow>(
    `SELECT ${columns} FROM scheduled_messages WHERE user_id = ? ORDER BY due_at, id LIMIT ?`,
    user,
    limits.scheduledPerPerson,
  );
  const files = yield* filesOfScheduled(rows.map(({ id }) => id));
  return rows.map((row) => scheduledOf(row, files.get(row.id)));
}

/** Stores one, or what changed of it. Its files know themselves whose they are. */
export function* putScheduled(user: UserId, message: ScheduledMessage): Step<void> {
  yield* sql.run(
    `INSERT INTO scheduled_messages (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET text = excluded.text, due_at = excluded.due_at, failed = excluded.failed`,
    message.id,
    user,
    message.room,
    message.thread ?? null,
    message.clientId,
    message.text,
    message.dueAt,
    message.createdAt,
    message.failed ?? null,
  );
}

export function* deleteScheduled(id: ScheduledId): Step<void> {
  yield* sql.run('DELETE FROM scheduled_messages WHERE id = ?', id);
}
