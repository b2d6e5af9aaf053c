import type { UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** Never earlier than what is stored: nodes may tell late. */
export function* setLastSeen(user: UserId, at: number): Step<void> {
  yield* sql.run('UPDATE users SET last_seen_at = ? WHERE id = ? AND COALESCE(last_seen_at, 0) < ?', at, user, at);
}
