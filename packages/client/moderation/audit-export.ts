import type { AuditEntry, Params, Person, UserId } from '@confab/protocol';
import type { Confab } from '../api.ts';

/** Pages of an export: more entries than this are exported by choosing a shorter time. */
const mostPages = 200;

const columns = ['at', 'by', 'action', 'user', 'room', 'message', 'reason', 'until', 'detail'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** A cell that a spreadsheet does not take for a formula, quoted where it has to be. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

const timeOf = (at: number | null | undefined): string =>
  at === undefined ? '' : at === null ? 'never' : new Date(at).toISOString();

/** Every entry that is asked for, with people by their handles, the latest first. */
async function rowsOf(confab: Confab, wanted: Params<'moderation.audit'>): Promise<Row[]> {
  const handles = new Map<UserId, string>();
  const nameOf = (user: UserId | undefined) => (user === undefined ? '' : (handles.get(user) ?? user));
  const entries: AuditEntry[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const before = entries.at(-1)?.n;
    const answer = await confab.call('moderation.audit', before === undefined ? wanted : { ...wanted, before });
    for (const { id, handle } of answer.people as readonly Person[]) handles.set(id, handle);
    entries.push(...answer.entries);
    if (!answer.more) break;
  }
  return entries.map(({ at, by, action, user, room, message, reason, until, detail }) => ({
    at: timeOf(at),
    by: nameOf(by),
    action,
    user: nameOf(user),
    room: room ?? '',
    message: message ?? '',
    reason: reason ?? '',
    until: timeOf(until),
    detail: detail ?? '',
  }));
}

/** The record of a space as a file's text. */
export async function exportAudit(
  confab: Confab,
  wanted: Params<'moderation.audit'>,
  format: 'csv' | 'json',
): Promise<string> {
  const rows = await rowsOf(confab, wanted);
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}
