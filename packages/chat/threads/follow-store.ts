import type { MessageId, RoomId, ThreadState, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

export interface Follower {
  readonly user: UserId;
  readonly readIndex: number;
}

interface StateRow {
  root: MessageId;
  room_id: RoomId;
  following: number;
  read_index: number;
  replies: number;
}

export const stateOf = (row: StateRow): ThreadState => ({
  root: row.root,
  room: row.room_id,
  following: row.following === 1,
  readIndex: row.read_index,
  replies: row.replies,
});

/** What somebody noted of a thread; `undefined` when they never followed it. */
export function* followOf(root: MessageId, user: UserId): Step<{ following: boolean; readIndex: number } | undefined> {
  const row = yield* sql.get<{ following: number; read_index: number }>(
    'SELECT following, read_index FROM thread_follows WHERE root = ? AND user_id = ?',
    root,
    user,
  );
  return row && { following: row.following === 1, readIndex: row.read_index };
}

/** Those who follow a thread and are in its room, by id: their inboxes are always told in one order. */
export function* followersOf(root: MessageId): Step<Follower[]> {
  return yield* sql.all<Follower>(
    `SELECT f.user_id AS user, f.read_index AS "readIndex" FROM thread_follows f
     JOIN room_members rm ON rm.room_id = f.room_id AND rm.user_id = f.user_id
     WHERE f.root = ? AND f.following = 1 ORDER BY f.user_id LIMIT ?`,
    root,
    limits.threadFollowers,
  );
}

export function* countFollowers(root: MessageId): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    'SELECT COUNT(*) AS n FROM thread_follows WHERE root = ? AND following = 1',
    root,
  );
  return row?.n ?? 0;
}

export function* setFollow(
  thread: { readonly root: MessageId; readonly room: RoomId },
  user: UserId,
  following: boolean,
  readIndex: number,
): Step<void> {
  yield* sql.run(
    `INSERT INTO thread_follows (root, user_id, room_id, following, read_index) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (root, user_id) DO UPDATE SET following = excluded.following, read_index = excluded.read_index`,
    thread.root,
    user,
    thread.room,
    following ? 1 : 0,
    readIndex,
  );
}

/** Who is not in a room any more follows nothing in it. */
export function* dropFollows(room: RoomId, user: UserId): Step<void> {
  yield* sql.run('DELETE FROM thread_follows WHERE user_id = ? AND room_id = ?', user, room);
}

const followed = `FROM thread_follows f JOIN threads t ON t.root = f.root
  JOIN room_members rm ON rm.room_id = f.room_id AND rm.user_id = f.user_id
  WHERE f.user_id = ? AND f.following = 1`;

/** Followed threads that have replies, those with the newest first, after one of them. */
export function* followedThreads(
  user: UserId,
  page: { readonly after?: MessageId | undefined; readonly unreadOnly: boolean; readonly limit: number },
): Step<ThreadState[]> {
  const rows = yield* sql.all<StateRow>(
    `SELECT f.root, f.room_id, f.following, f.read_index, t.replies ${followed}
       ${page.unreadOnly ? 'AND t.replies > f.read_index' : ''}
       ${page.after === undefined ? '' : 'AND (t.last_at, t.root) < (SELECT last_at, root FROM threads WHERE root = ?)'}
     ORDER BY t.last_at DESC, t.root DESC LIMIT ?`,
    user,
    ...(page.after === undefined ? [] : [page.after]),
    page.limit,
  );
  return rows.map(stateOf);
}
