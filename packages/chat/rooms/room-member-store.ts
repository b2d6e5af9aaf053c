import type { Notify, Position, Role, RoomId, RoomMember, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { namedSo, type PersonRow, personOf } from '../accounts/index.ts';

interface MemberRow extends PersonRow {
  role: Role;
  joined_at: number;
}

export function* isRoomMember(room: RoomId, user: UserId): Step<boolean> {
  const row = yield* sql.get('SELECT 1 AS yes FROM room_members WHERE room_id = ? AND user_id = ?', room, user);
  return row !== undefined;
}

/** A new member has read everything up to `position`: what was said before they came is not unread. */
export function* insertRoomMember(
  room: RoomId,
  user: UserId,
  position: Position,
  now: number,
  closedCount: number | null = null,
): Step<void> {
  yield* sql.run(
    `INSERT INTO room_members (room_id, user_id, joined_at, read_seq, read_count, closed_count)
     VALUES (?, ?, ?, ?, ?, ?)`,
    room,
    user,
    now,
    position.seq,
    position.count,
    closedCount,
  );
  // Who wants to be told of everything everywhere wants it here too.
  yield* sql.send(
    `UPDATE rooms SET loud = 1 WHERE id = ? AND loud = 0 AND EXISTS
     (SELECT 1 FROM account_settings WHERE user_id = ? AND name = 'notifyChannels' AND value = '"all"')`,
    room,
    user,
  );
}

export function* deleteRoomMember(room: RoomId, user: UserId): Step<void> {
  yield* sql.run('DELETE FROM room_members WHERE room_id = ? AND user_id = ?', room, user);
}

/** Moves a read cursor forward, never back; and what others are told of it, which does not move back with it. */
export function* moveReadCursor(room: RoomId, user: UserId, seq: number, count: number): Step<void> {
  yield* sql.send(
    `UPDATE room_members SET read_seq = ?, read_count = ?,
       read_at = CASE WHEN seen_seq < ? THEN NULL ELSE read_at END,
       seen_seq = CASE WHEN seen_seq < ? THEN ? ELSE seen_seq END
     WHERE room_id = ? AND user_id = ? AND read_seq < ?`,
    seq,
    count,
    seq,
    seq,
    seq,
    room,
    user,
    seq,
  );
}

/** Moves a read cursor to wherever. */
export function* rewindReadCursor(room: RoomId, user: UserId, seq: number, count: number): Step<void> {
  yield* sql.run(
    'UPDATE room_members SET read_seq = ?, read_count = ?, rewinds = rewinds + 1 WHERE room_id = ? AND user_id = ?',
    seq,
    count,
    room,
    user,
  );
}

export function* setNotify(room: RoomId, user: UserId, notify: Notify, mutedUntil: number | null): Step<void> {
  yield* sql.run(
    'UPDATE room_members SET notify = ?, muted_until = ? WHERE room_id = ? AND user_id = ?',
    notify,
    mutedUntil,
    room,
    user,
  );
  if (notify === 'all') yield* sql.run('UPDATE rooms SET loud = 1 WHERE id = ? AND loud = 0', room);
}

/** Members after a user id, ascending by id. */
export function* roomMembersAfter(room: RoomId, after: string, limit: number, text?: string): Step<RoomMember[]> {
  const { condition, parameters } = namedSo(text);
  const rows = yield* sql.all<MemberRow>(
    `SELECT u.id, u.handle, u.name, u.disabled_at, u.kind, u.picture, u.status, u.do_not_disturb,
       COALESCE(sm.role, 'member') AS role, rm.joined_at
     FROM room_members rm JOIN users u ON u.id = rm.user_id JOIN rooms r ON r.id = rm.room_id
     LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = rm.user_id
     WHERE rm.room_id = ? AND rm.user_id > ? ${condition} ORDER BY rm.user_id LIMIT ?`,
    room,
    after,
    ...parameters,
    limit,
  );
  return rows.map((row) => ({
    person: personOf(row),
    role: row.role,
    joinedAt: row.joined_at,
  }));
}
