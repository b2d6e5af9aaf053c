import type { MessageId, Reminder, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import { visibleKept } from '../visible-kept.ts';

interface ReminderRow {
  message_id: MessageId;
  room_id: RoomId;
  due_at: number;
  told_at: number | null;
}

const reminderOf = ({ message_id, room_id, due_at, told_at }: ReminderRow): Reminder => ({
  message: message_id,
  room: room_id,
  dueAt: due_at,
  toldAt: told_at,
});

const columns = 'k.message_id, k.room_id, k.due_at, k.told_at';

export function* reminderOn(user: UserId, message: MessageId): Step<Reminder | undefined> {
  const row = yield* sql.get<ReminderRow>(
    `SELECT ${columns} FROM reminders k WHERE k.user_id = ? AND k.message_id = ?`,
    user,
    message,
  );
  return row && reminderOf(row);
}

export function* countReminders(user: UserId): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM reminders WHERE user_id = ?', user))?.n ?? 0;
}

/** Those of messages that the person may see, the next one first. */
export function* remindersOf(user: UserId): Step<Reminder[]> {
  const rows = yield* sql.all<ReminderRow>(
    `SELECT ${columns} FROM reminders k ${visibleKept} ORDER BY k.due_at, k.message_id LIMIT ?`,
    user,
    limits.remindersPerPerson,
  );
  return rows.map(reminderOf);
}

export function* putReminder(user: UserId, { message, room, dueAt, toldAt }: Reminder): Step<void> {
  yield* sql.run(
    `INSERT INTO reminders (user_id, message_id, room_id, due_at, told_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (user_id, message_id) DO UPDATE SET due_at = excluded.due_at, told_at = excluded.told_at`,
    user,
    message,
    room,
    dueAt,
    toldAt,
  );
}

export function* deleteReminder(user: UserId, message: MessageId): Step<boolean> {
  return (yield* sql.run('DELETE FROM reminders WHERE user_id = ? AND message_id = ?', user, message)) > 0;
}
