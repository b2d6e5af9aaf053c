import type { RoomId, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import { append, positionOf } from '../log.ts';
import { roomAsSeenBy, setArchivedAt, tellMembership, tellSpaceOfRoom } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { endRoom, roomState } from './import-store.ts';
import type { BroughtRoom } from './moved.ts';

/** Members in one transaction. */
const perSlice = 200;

export interface FinishInput {
  readonly room: BroughtRoom;
  /** The member after whom to go on. */
  readonly after: string;
  readonly now: number;
}

function* readersAfter(room: RoomId, begunAtSeq: number, after: string): Step<UserId[]> {
  const rows = yield* sql.all<{ user: UserId }>(
    `SELECT user_id AS user FROM room_members WHERE room_id = ? AND read_seq >= ? AND user_id > ?
     ORDER BY user_id LIMIT ?`,
    room,
    begunAtSeq,
    after,
    perSlice,
  );
  return rows.map(({ user }) => user);
}

/** Whoever had read all that was there has read what was brought: nobody comes to a hundred thousand unread messages. */
function* readAll(tx: Transaction, room: RoomId, users: readonly UserId[]): Step<void> {
  const position = yield* positionOf(roomLog(room));
  if (!position) return;
  for (const user of users) {
    yield* sql.run(
      `UPDATE room_members SET read_seq = ?, read_count = ?, seen_seq = ?, delivered_seq = ?
       WHERE room_id = ? AND user_id = ?`,
      position.seq,
      position.count,
      position.seq,
      position.seq,
      room,
      user,
    );
    yield* tellMembership(tx, user, room);
  }
}

/** Whoever wrote in a thread, or began it, follows it, and has read it. */
function* followThreads(room: RoomId): Step<void> {
  yield* sql.run(
    `INSERT INTO thread_follows (root, user_id, room_id, following, read_index)
     SELECT w.root, w.author, w.room_id, 1, w.replies FROM (
       SELECT t.root, t.room_id, t.replies, m.author FROM threads t JOIN messages m ON m.thread = t.root
       WHERE t.room_id = ?
       UNION SELECT t.root, t.room_id, t.replies, m.author FROM threads t JOIN messages m ON m.id = t.root
       WHERE t.room_id = ?) w
     JOIN room_members rm ON rm.room_id = w.room_id AND rm.user_id = w.author WHERE TRUE
     ON CONFLICT (root, user_id) DO NOTHING`,
    room,
    room,
  );
}

function* archive(tx: Transaction, room: BroughtRoom): Step<void> {
  const { info } = yield* roomAsSeenBy(room.createdBy, room.id);
  if (info.archivedAt !== null) return;
  yield* setArchivedAt(room.id, tx.now);
  yield* append(tx, { log: roomLog(room.id), name: 'room.archived', by: room.createdBy, data: {} });
  yield* tellSpaceOfRoom(tx, { ...info, archivedAt: tx.now }, room.createdBy);
}

/** Ends the bringing of a room, some members at a time. Answers after whom to go on, `null` at the end. */
export function* finishRoom(tx: Transaction, { room, after }: FinishInput): Step<{ after: string | null }> {
  const state = yield* roomState(room.id);
  if (!state || state.begunAtSeq === null) return { after: null };
  if (after === '' && !state.finished) {
    yield* followThreads(room.id);
    if (room.archived) yield* archive(tx, room);
  }
  const users = yield* readersAfter(room.id, state.begunAtSeq, after);
  yield* readAll(tx, room.id, users);
  if (users.length === perSlice) return { after: users.at(-1) ?? null };
  yield* endRoom(room.id);
  return { after: null };
}
