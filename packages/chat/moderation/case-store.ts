import type { Decision, MessageId, ReportCase, ReportReason, RoomId, SpaceId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

export interface CaseRow {
  message_id: MessageId;
  room_id: RoomId;
  author: UserId;
  text: string;
  opened_at: number;
  taken_by: UserId | null;
  decided_by: UserId | null;
  decided_at: number | null;
  decision: Decision | null;
  reason: string;
}

/** A message that is reported, as it stands. */
export interface Reported {
  readonly message: MessageId;
  readonly space: SpaceId;
  readonly author: UserId;
  readonly text: string;
}

/** `null`: the word filter. */
export interface NewReport {
  readonly by: UserId | null;
  readonly reason: ReportReason;
  readonly note: string;
}

/** Opens the case of a message, or opens it again when it was decided before. One that is open stays as it is. */
export function* openCase({ message, space, author, text }: Reported, now: number): Step<void> {
  yield* sql.run(
    `INSERT INTO report_cases (message_id, space_id, author, text, opened_at, reason) VALUES (?, ?, ?, ?, ?, '')
     ON CONFLICT (message_id) DO NOTHING`,
    message,
    space,
    author,
    text,
    now,
  );
  yield* sql.run(
    `UPDATE report_cases SET text = ?, opened_at = ?, taken_by = NULL, decided_by = NULL, decided_at = NULL,
       decision = NULL, reason = '' WHERE message_id = ? AND decided_at IS NOT NULL`,
    text,
    now,
    message,
  );
}

export function* insertReport(message: MessageId, { by, reason, note }: NewReport, now: number): Step<void> {
  yield* sql.run(
    `INSERT INTO reports (message_id, reporter, reason, note, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (message_id, reporter) DO UPDATE SET reason = excluded.reason, note = excluded.note, at = excluded.at`,
    message,
    by ?? '',
    reason,
    note,
    now,
  );
}

/** Messages that somebody reported and that nobody has decided on. */
export function* countOpenReportsOf(user: UserId): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM reports r JOIN report_cases c ON c.message_id = r.message_id
     WHERE r.reporter = ? AND c.decided_at IS NULL`,
    user,
  );
  return row?.n ?? 0;
}

export function* countOpenCases(space: SpaceId): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    'SELECT COUNT(*) AS n FROM report_cases WHERE space_id = ? AND decided_at IS NULL',
    space,
  );
  return row?.n ?? 0;
}

const columns = `c.message_id, m.room_id, c.author, c.text, c.opened_at, c.taken_by, c.decided_by, c.decided_at, c.decision,
  c.reason`;

/** Cases of messages before one, the newest message first. */
export function* casesBefore(space: SpaceId, decided: boolean, before: string, limit: number): Step<CaseRow[]> {
  return yield* sql.all<CaseRow>(
    `SELECT ${columns} FROM report_cases c JOIN messages m ON m.id = c.message_id
     WHERE c.space_id = ? AND c.message_id < ? AND c.decided_at IS ${decided ? 'NOT ' : ''}NULL
     ORDER BY c.message_id DESC LIMIT ?`,
    space,
    before,
    limit,
  );
}

type Report = ReportCase['reports'][number];

/** What was said of each of these messages, the first report first. */
export function* reportsOf(messages: readonly MessageId[]): Step<Map<MessageId, Report[]>> {
  const found = new Map<MessageId, Report[]>();
  if (messages.length === 0) return found;
  const rows = yield* sql.all<{
    message_id: MessageId;
    reporter: UserId | '';
    reason: ReportReason;
    note: string;
    at: number;
  }>(
    'SELECT message_id, reporter, reason, note, at FROM reports WHERE message_id = ANY (?) ORDER BY at, reporter',
    messages,
  );
  for (const { message_id: message, reporter, ...report } of rows) {
    const reports = found.get(message) ?? [];
    if (reports.length < limits.shownReports) reports.push({ ...report, by: reporter === '' ? null : reporter });
    found.set(message, reports);
  }
  return found;
}

/** People who reported a message since its case was opened. */
export function* reportersOf(message: MessageId): Step<UserId[]> {
  const rows = yield* sql.all<{ reporter: UserId }>(
    `SELECT r.reporter FROM reports r JOIN report_cases c ON c.message_id = r.message_id
     WHERE r.message_id = ? AND r.reporter <> '' AND r.at >= c.opened_at ORDER BY r.reporter`,
    message,
  );
  return rows.map(({ reporter }) => reporter);
}

export function* setTaker(message: MessageId, user: UserId | null): Step<void> {
  yield* sql.run('UPDATE report_cases SET taken_by = ? WHERE message_id = ?', user, message);
}

/** Ends a case, and forgets what the message said. `false` when it was ended before. */
export function* endCase(
  message: MessageId,
  { by, at, decision, reason }: NonNullable<ReportCase['decided']>,
): Step<boolean> {
  const changed = yield* sql.run(
    `UPDATE report_cases SET decided_by = ?, decided_at = ?, decision = ?, reason = ?, text = ''
     WHERE message_id = ? AND decided_at IS NULL`,
    by,
    at,
    decision,
    reason,
    message,
  );
  return changed === 1;
}
