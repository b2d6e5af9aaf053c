import type { Cursor, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** Puts a state in the place of what stood there. */
export function* putCursor(user: UserId, name: string, state: string, now: number): Step<void> {
  yield* sql.run(
    `INSERT INTO cursors (user_id, name, state, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (user_id, name) DO UPDATE SET state = excluded.state, saved_at = excluded.saved_at`,
    user,
    name,
    state,
    now,
  );
}

export function* cursorNamed(user: UserId, name: string): Step<Cursor | undefined> {
  const row = yield* sql.get<{ state: string; savedAt: number }>(
    'SELECT state, saved_at AS "savedAt" FROM cursors WHERE user_id = ? AND name = ?',
    user,
    name,
  );
  return row && { name, state: JSON.parse(row.state) as unknown, savedAt: row.savedAt };
}

export function* cursorsOf(user: UserId): Step<Omit<Cursor, 'state'>[]> {
  return yield* sql.all<Omit<Cursor, 'state'>>(
    'SELECT name, saved_at AS "savedAt" FROM cursors WHERE user_id = ? ORDER BY name',
    user,
  );
}

export function* countCursors(user: UserId): Step<number> {
  const row = yield* sql.get<{ cursors: number }>('SELECT COUNT(*) AS cursors FROM cursors WHERE user_id = ?', user);
  return row?.cursors ?? 0;
}

/** `false` when there is none of that name. */
export function* removeCursor(user: UserId, name: string): Step<boolean> {
  return (yield* sql.run('DELETE FROM cursors WHERE user_id = ? AND name = ?', user, name)) === 1;
}
