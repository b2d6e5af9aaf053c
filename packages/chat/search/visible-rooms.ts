import type { FoundRoom, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

export interface VisibleRoom extends FoundRoom {
  readonly foldedName: string;
}

/** Every room that somebody may see now: theirs, and the public ones of spaces in which they are no guests. */
export function* visibleRooms(user: UserId): Step<VisibleRoom[]> {
  return yield* sql.all<VisibleRoom>(
    `SELECT r.id, r.space_id AS space, r.kind, r.name, r.folded_name AS "foldedName" FROM rooms r
     LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = ?
     LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = ?
     WHERE rm.user_id IS NOT NULL OR (r.visibility = 'public' AND sm.role <> 'guest')`,
    user,
    user,
  );
}

export function* countAllRooms(): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM rooms'))?.n ?? 0;
}

/** People by handle, of those whom the asker may have read something of. */
export function* idsByHandle(handles: readonly string[]): Step<Map<string, UserId>> {
  if (handles.length === 0) return new Map();
  const rows = yield* sql.all<{ id: UserId; handle: string }>(
    'SELECT id, handle FROM users WHERE handle = ANY (?)',
    handles,
  );
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}
