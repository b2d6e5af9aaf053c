import type { Export, ExportId, RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

interface ExportRow {
  id: ExportId;
  user_id: UserId;
  what: Export['what'];
  room_id: RoomId | null;
  title: string;
  state: Export['state'];
  step: string | null;
  after: string;
  parts: number;
  started_at: number;
  ends_at: number | null;
}

/** An export with where it goes on. */
export interface Making {
  readonly user: UserId;
  readonly export: Export;
  /** `null`: all is there. */
  readonly step: string | null;
  readonly after: string;
  readonly parts: number;
}

const columns = 'id, user_id, what, room_id, title, state, step, after, parts, started_at, ends_at';

const makingOf = (row: ExportRow): Making => ({
  user: row.user_id,
  step: row.step,
  after: row.after,
  parts: row.parts,
  export: {
    id: row.id,
    what: row.what,
    ...(row.room_id === null ? {} : { room: row.room_id }),
    title: row.title,
    state: row.state,
    startedAt: row.started_at,
    endsAt: row.ends_at,
  },
});

export function* insertExport(user: UserId, made: Export, step: string): Step<void> {
  yield* sql.run(
    `INSERT INTO exports (id, user_id, what, room_id, title, state, step, after, parts, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, '', 0, ?)`,
    made.id,
    user,
    made.what,
    made.room ?? null,
    made.title,
    made.state,
    step,
    made.startedAt,
  );
}

export function* exportById(id: string): Step<Making | undefined> {
  const row = yield* sql.get<ExportRow>(`SELECT ${columns} FROM exports WHERE id = ?`, id);
  return row && makingOf(row);
}

/** Somebody's exports, the newest first. */
export function* exportsOf(user: UserId): Step<Making[]> {
  const rows = yield* sql.all<ExportRow>(`SELECT ${columns} FROM exports WHERE user_id = ? ORDER BY id DESC`, user);
  return rows.map(makingOf);
}

export function* addPart(id: ExportId, part: number, name: string, data: unknown): Step<void> {
  yield* sql.run(
    'INSERT INTO export_parts (export_id, part, name, data) VALUES (?, ?, ?, ?)',
    id,
    part,
    name,
    JSON.stringify(data),
  );
}

/** Notes how far it is. */
export function* setProgress(id: ExportId, step: string | null, after: string, parts: number): Step<void> {
  yield* sql.run('UPDATE exports SET step = ?, after = ?, parts = ? WHERE id = ?', step, after, parts, id);
}

export function* setState(id: ExportId, state: Export['state'], endsAt: number): Step<void> {
  yield* sql.run('UPDATE exports SET state = ?, ends_at = ? WHERE id = ?', state, endsAt, id);
}

export function* partOf(id: ExportId, part: number): Step<{ name: string; data: string } | undefined> {
  return yield* sql.get<{ name: string; data: string }>(
    'SELECT name, data FROM export_parts WHERE export_id = ? AND part = ?',
    id,
    part,
  );
}

export function* dropParts(id: ExportId): Step<void> {
  yield* sql.run('DELETE FROM export_parts WHERE export_id = ?', id);
}

export function* deleteExport(id: ExportId): Step<void> {
  yield* dropParts(id);
  yield* sql.run('DELETE FROM exports WHERE id = ?', id);
}
