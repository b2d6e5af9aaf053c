import type { Mute, RoomId, SpaceId, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { endOf, untilOf } from './forever.ts';

interface MuteRow {
  space_id: SpaceId;
  room_id: RoomId | '';
  user_id: UserId;
  reason: string;
  until: number;
  at: number;
}

const columns = 'space_id, room_id, user_id, reason, until, at';

const muteOf = (row: MuteRow): Mute => ({
  space: row.space_id,
  room: row.room_id === '' ? null : row.room_id,
  user: row.user_id,
  reason: row.reason,
  until: untilOf(row.until),
  at: row.at,
});

/** Those of one person that hold, the first one first. */
export function* mutesOf(user: UserId, now: number): Step<Mute[]> {
  const rows = yield* sql.all<MuteRow>(
    `SELECT ${columns} FROM mutes WHERE user_id = ? AND until > ? ORDER BY at, space_id, room_id LIMIT ?`,
    user,
    now,
    limits.moderationPerPage,
  );
  return rows.map(muteOf);
}

/** Those of a space that hold, the latest first. */
export function* mutesIn(space: SpaceId, now: number): Step<Mute[]> {
  const rows = yield* sql.all<MuteRow>(
    `SELECT ${columns} FROM mutes WHERE space_id = ? AND until > ? ORDER BY at DESC, user_id, room_id LIMIT ?`,
    space,
    now,
    limits.sanctionsShown,
  );
  return rows.map(muteOf);
}

export function* insertMute({ space, room, user, reason, until, at }: Mute): Step<void> {
  yield* sql.run(
    `INSERT INTO mutes (user_id, space_id, room_id, reason, until, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (user_id, space_id, room_id) DO UPDATE SET reason = excluded.reason, until = excluded.until,
       at = excluded.at`,
    user,
    space,
    room ?? '',
    reason,
    endOf(until),
    at,
  );
}

/** `false` when there was none that held. */
export function* deleteMute(space: SpaceId, room: RoomId | null, user: UserId, now: number): Step<boolean> {
  const where = [user, space, room ?? ''] as const;
  const of = 'user_id = ? AND space_id = ? AND room_id = ?';
  const held = yield* sql.get(`SELECT 1 AS yes FROM mutes WHERE ${of} AND until > ?`, ...where, now);
  yield* sql.run(`DELETE FROM mutes WHERE ${of}`, ...where);
  return held !== undefined;
}

/** Tells someone which of their mutes hold now. */
export function* tellMutes(tx: Transaction, user: UserId): Step<void> {
  const mutes = yield* mutesOf(user, tx.now);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.mutes-changed', by: null, data: { mutes } });
}
