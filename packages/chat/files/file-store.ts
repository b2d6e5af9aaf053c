import type {
  File,
  FileGroup,
  FileId,
  FileKind,
  MessageId,
  PlacedFile,
  RoomId,
  ScheduledId,
  UserId,
} from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** What of a file is kept as JSON. */
export type FileDetails = Omit<File, 'id' | 'name' | 'type' | 'kind' | 'size' | 'previews'>;

export interface FileRow {
  readonly id: FileId;
  readonly room_id: RoomId;
  readonly user_id: UserId;
  readonly name: string;
  /** How many bytes its sender announced. */
  readonly sent: number;
  /** How many are kept of them. */
  readonly size: number;
  readonly sha256: string;
  readonly kind: FileKind;
  readonly type: string;
  readonly blob: string;
  readonly details: string;
  readonly poster_of: FileId | '';
  readonly message_id: MessageId | null;
  /** The message that waits to be posted with it. */
  readonly scheduled_id: ScheduledId | null;
  readonly place: number;
  readonly begun_at: number;
  readonly posted_at: number | null;
}

const columns =
  'id, room_id, user_id, name, sent, size, sha256, kind, type, blob, details, poster_of, message_id, scheduled_id, place, begun_at, posted_at';

export const detailsOf = (row: FileRow): FileDetails => JSON.parse(row.details) as FileDetails;

const fileOf = (row: FileRow, previews: readonly number[]): File => ({
  id: row.id,
  name: row.name,
  type: row.type,
  kind: row.kind,
  size: row.size,
  ...detailsOf(row),
  ...(previews.length > 0 ? { previews: [...previews] } : {}),
});

/** Rows with the widths in which each has a preview. */
function* withPreviews<T>(rows: readonly FileRow[], as: (row: FileRow, file: File) => T): Step<T[]> {
  if (rows.length === 0) return [];
  const found = yield* sql.all<{ file_id: FileId; width: number }>(
    `SELECT DISTINCT file_id, width FROM file_previews WHERE file_id = ANY (?) ORDER BY width`,
    rows.map(({ id }) => id),
  );
  const widths = Map.groupBy(found, ({ file_id }) => file_id);
  return rows.map((row) => {
    const previews = (widths.get(row.id) ?? []).map(({ width }) => width);
    return as(row, fileOf(row, previews));
  });
}

export function* fileRow(file: FileId): Step<FileRow | undefined> {
  return yield* sql.get<FileRow>(`SELECT ${columns} FROM files WHERE id = ?`, file);
}

export function* fileRows(files: readonly FileId[]): Step<FileRow[]> {
  return yield* sql.all<FileRow>(`SELECT ${columns} FROM files WHERE id = ANY (?)`, files);
}

/** A file as it is shown. */
export function* shownFile(row: FileRow): Step<File> {
  const [file] = yield* withPreviews([row], (_, each) => each);
  return file as File;
}

export const placed = (row: FileRow, file: File): PlacedFile => ({
  file,
  room: row.room_id,
  message: row.message_id,
  by: row.user_id,
  at: row.posted_at ?? row.begun_at,
});

export function* placedFiles(rows: readonly FileRow[]): Step<PlacedFile[]> {
  return yield* withPreviews(rows, placed);
}

/** The files of those messages that have any, in their order. */
export function* filesOf(_asker: string, messages: readonly MessageId[]): Step<Map<MessageId, File[]>> {
  const rows = yield* sql.all<FileRow>(
    `SELECT ${columns} FROM files WHERE message_id = ANY (?) ORDER BY message_id, place`,
    messages,
  );
  return gathered((yield* placedFiles(rows)).map(({ message, file }) => [message, file]));
}

/** What is of the same message together, in its order. */
export function gathered<Id, T>(each: readonly (readonly [of: Id | null, value: T])[]): Map<Id, T[]> {
  const all = new Map<Id, T[]>();
  for (const [of, value] of each) {
    const earlier = of === null ? undefined : all.get(of);
    if (earlier) earlier.push(value);
    else if (of !== null) all.set(of, [value]);
  }
  return all;
}

/** What a file is found by. */
export type NamedFile = Pick<File, 'name' | 'kind'>;

/** The same with what the files are found by alone. */
export function* namedFilesOf(messages: readonly MessageId[]): Step<Map<MessageId, NamedFile[]>> {
  if (messages.length === 0) return new Map();
  const rows = yield* sql.all<NamedFile & { message: MessageId }>(
    'SELECT message_id AS message, name, kind FROM files WHERE message_id = ANY (?) ORDER BY message_id, place',
    messages,
  );
  return Map.groupBy(rows, ({ message }) => message);
}

/** A file as it is taken along. */
export interface ExportedFile extends Pick<File, 'id' | 'name' | 'kind' | 'type' | 'size' | 'description'> {
  /** Of its content, as base64url. */
  readonly sha256: string;
}

export function exportedFile(row: FileRow): ExportedFile {
  const { id, name, kind, type, size, blob: sha256 } = row;
  const { description } = detailsOf(row);
  return { id, name, kind, type, size, sha256, ...(description ? { description } : {}) };
}

/** The same as they are taken along. */
export function* exportedFilesOf(messages: readonly MessageId[]): Step<Map<MessageId, ExportedFile[]>> {
  if (messages.length === 0) return new Map();
  const rows = yield* sql.all<FileRow & { message_id: MessageId }>(
    `SELECT ${columns} FROM files WHERE message_id = ANY (?) ORDER BY message_id, place`,
    messages,
  );
  return gathered(rows.map((row) => [row.message_id, exportedFile(row)]));
}

/** The files of messages that wait to be posted, in their order. */
export function* scheduledRows(scheduled: readonly ScheduledId[]): Step<FileRow[]> {
  if (scheduled.length === 0) return [];
  return yield* sql.all<FileRow>(
    `SELECT ${columns} FROM files WHERE scheduled_id = ANY (?) ORDER BY scheduled_id, place`,
    scheduled,
  );
}

export function* rowsOfMessage(message: MessageId): Step<FileRow[]> {
  return yield* sql.all<FileRow>(`SELECT ${columns} FROM files WHERE message_id = ? ORDER BY place`, message);
}

export function* insertFile(row: FileRow): Step<void> {
  yield* sql.run(
    `INSERT INTO files (${columns}, folded_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.id, row.room_id, row.user_id, row.name, row.sent, row.size, row.sha256, row.kind, row.type, row.blob],
    ...[row.details, row.poster_of, row.message_id, row.scheduled_id, row.place, row.begun_at, row.posted_at],
    foldedName(row.name),
  );
}

/** What names are looked for in. */
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase();

export function* setDetails(file: FileId, details: FileDetails): Step<void> {
  yield* sql.run('UPDATE files SET details = ? WHERE id = ?', JSON.stringify(details), file);
}

/** Files that wait in a composer, and the pictures that stand for videos among them. */
export function* waitingFiles(user: UserId): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    'SELECT COUNT(*) AS n FROM files WHERE user_id = ? AND message_id IS NULL AND scheduled_id IS NULL',
    user,
  );
  return row?.n ?? 0;
}

/** Those that nobody has posted since `before`, nor wants to later; the oldest first. */
export function* forgottenFiles(before: number, limit: number): Step<FileRow[]> {
  return yield* sql.all<FileRow>(
    `SELECT ${columns} FROM files WHERE message_id IS NULL AND scheduled_id IS NULL AND begun_at < ? ORDER BY begun_at LIMIT ?`,
    before,
    limit,
  );
}

export interface FileFilter {
  readonly kind?: FileGroup | undefined;
  readonly name?: string | undefined;
  readonly by?: UserId | undefined;
  readonly before?: Pick<FileRow, 'message_id' | 'place'> | undefined;
}

/** Posted ones, the latest first: ids of messages rise with the time. */
export function* postedFiles(room: RoomId, filter: FileFilter, limit: number): Step<FileRow[]> {
  const { kind, name, by, before } = filter;
  const wanted: [string, ...(string | number)[]][] = [
    ...(kind ? [kindIs(kind)] : []),
    ...(by ? [['user_id = ?', by] as [string, string]] : []),
    ...(name ? [["folded_name LIKE ? ESCAPE '!'", likePart(name)] as [string, string]] : []),
    ...(before?.message_id
      ? [
          [
            '(message_id < ? OR (message_id = ? AND place > ?))',
            before.message_id,
            before.message_id,
            before.place,
          ] as [string, string, string, number],
        ]
      : []),
  ];
  const conditions = wanted.map(([condition]) => ` AND ${condition}`).join('');
  return yield* sql.all<FileRow>(
    `SELECT ${columns} FROM files WHERE room_id = ? AND message_id IS NOT NULL${conditions}
     ORDER BY message_id DESC, place LIMIT ?`,
    room,
    ...wanted.flatMap(([, ...values]) => values),
    limit,
  );
}

function kindIs(group: FileGroup): [string, ...string[]] {
  if (group === 'document') return ["kind IN ('pdf', 'text')"];
  return group === 'rest' ? ["kind IN ('archive', 'other')"] : ['kind = ?', group];
}

const likePart = (name: string): string => `%${foldedName(name).replace(/[!%_]/g, '!$&')}%`;
