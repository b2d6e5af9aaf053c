import type { Block, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** Whom someone blocks, the latest first. */
export function* blocksOf(user: UserId): Step<Block[]> {
  return yield* sql.all<Block>(
    'SELECT blocked AS user, at FROM blocks WHERE user_id = ? ORDER BY at DESC, blocked',
    user,
  );
}

export function* countBlocks(user: UserId): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM blocks WHERE user_id = ?', user))?.n ?? 0;
}

/** `false` when it was so already. */
export function* insertBlock(user: UserId, blocked: UserId, now: number): Step<boolean> {
  const changed = yield* sql.run(
    'INSERT INTO blocks (user_id, blocked, at) VALUES (?, ?, ?) ON CONFLICT (user_id, blocked) DO NOTHING',
    user,
    blocked,
    now,
  );
  return changed === 1;
}

/** `false` when there was none. */
export function* deleteBlock(user: UserId, blocked: UserId): Step<boolean> {
  return (yield* sql.run('DELETE FROM blocks WHERE user_id = ? AND blocked = ?', user, blocked)) === 1;
}

/** Those of `among` who take no messages from `user`. */
export function* blockersOf(user: UserId, among: readonly UserId[]): Step<UserId[]> {
  if (among.length === 0) return [];
  const rows = yield* sql.all<{ user: UserId }>(
    'SELECT user_id AS user FROM blocks WHERE blocked = ? AND user_id = ANY (?) ORDER BY user_id',
    user,
    among,
  );
  return rows.map((row) => row.user);
}
