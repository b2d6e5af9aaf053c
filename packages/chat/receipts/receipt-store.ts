import type { Receipt, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

export interface ReceiptRow {
  user_id: UserId;
  room_id: RoomId;
  delivered_seq: number;
  seen_seq: number;
  read_at: number | null;
  joined_at: number;
  head: number;
}

export function receiptOf(row: ReceiptRow): Receipt {
  return {
    user: row.user_id,
    deliveredSeq: Math.max(row.delivered_seq, row.seen_seq),
    readSeq: row.seen_seq,
    ...(row.read_at === null ? {} : { readAt: row.read_at }),
    joinedAt: row.joined_at,
  };
}

const columns = 'rm.user_id, rm.room_id, rm.delivered_seq, rm.seen_seq, rm.read_at, rm.joined_at, l.head';
/** Who turned theirs off, or is no person that could read, has none. */
const tells = `u.kind = 'person' AND u.disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM account_settings o
  WHERE o.user_id = u.id AND o.name = 'receipts' AND o.value = '"off"')`;
const told = `r.receipts = 'on' AND (SELECT COUNT(*) FROM
  (SELECT 1 FROM room_members c WHERE c.room_id = r.id LIMIT ${limits.receiptMembers + 1}) AS few) <= ${limits.receiptMembers}`;
const from = `FROM room_members rm JOIN users u ON u.id = rm.user_id JOIN rooms r ON r.id = rm.room_id
  JOIN logs l ON l.id = 'room:' || r.id`;

/** A person's receipts in those of these rooms that they are in and where theirs are told. */
export function* ownReceipts(user: UserId, rooms: readonly RoomId[]): Step<ReceiptRow[]> {
  return yield* sql.all<ReceiptRow>(
    `SELECT ${columns} ${from} WHERE rm.user_id = ? AND rm.room_id = ANY (?) AND ${tells} AND ${told}`,
    user,
    rooms,
  );
}

/** Members of a room who turned theirs off: they are told of nobody's. */
export function* membersWithoutReceipts(room: RoomId): Step<UserId[]> {
  const rows = yield* sql.all<{ user: UserId }>(
    `SELECT rm.user_id AS "user" FROM room_members rm JOIN account_settings o ON o.user_id = rm.user_id
     WHERE rm.room_id = ? AND o.name = 'receipts' AND o.value = '"off"' ORDER BY rm.user_id LIMIT ?`,
    room,
    limits.receiptMembers,
  );
  return rows.map(({ user }) => user);
}

/** The receipts of a room's other members, by id. */
export function* othersReceipts(room: RoomId, asker: UserId): Step<Receipt[]> {
  const rows = yield* sql.all<ReceiptRow>(
    `SELECT ${columns} ${from} WHERE rm.room_id = ? AND rm.user_id <> ? AND ${tells} ORDER BY rm.user_id LIMIT ?`,
    room,
    asker,
    limits.receiptMembers,
  );
  return rows.map(receiptOf);
}

export function* setDelivered({ room_id, user_id, delivered_seq }: ReceiptRow): Step<void> {
  yield* sql.send(
    'UPDATE room_members SET delivered_seq = ? WHERE room_id = ? AND user_id = ?',
    delivered_seq,
    room_id,
    user_id,
  );
}

export function* setReadAt({ room_id, user_id, read_at }: ReceiptRow): Step<void> {
  yield* sql.send('UPDATE room_members SET read_at = ? WHERE room_id = ? AND user_id = ?', read_at, room_id, user_id);
}

export function* setRoomReceipts(room: RoomId, receipts: 'on' | 'off'): Step<void> {
  yield* sql.run('UPDATE rooms SET receipts = ? WHERE id = ?', receipts, room);
}
