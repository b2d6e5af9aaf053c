import type { File, FileId, MessageId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { cancelJob } from '../jobs/index.ts';
import { retellEach } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { dropBlob } from './blob-store.ts';
import { type FileRow, rowsOfMessage } from './file-store.ts';
import { giveRoom } from './usage.ts';

/** Deletes a file with all that was made from it. Its bytes go later. */
export function* deleteFile(tx: Transaction, row: FileRow): Step<void> {
  const room = yield* sql.get<{ space: FactOf<'space-left'>['space'] | null }>(
    'SELECT space_id AS space FROM rooms WHERE id = ?',
    row.room_id,
  );
  const previews = yield* sql.all<{ blob: string }>(
    'SELECT DISTINCT blob FROM file_previews WHERE file_id = ?',
    row.id,
  );
  yield* sql.run('DELETE FROM file_previews WHERE file_id = ?', row.id);
  yield* sql.run('DELETE FROM file_entries WHERE file_id = ?', row.id);
  yield* sql.run('DELETE FROM files WHERE id = ?', row.id);
  yield* cancelJob('file-preview', row.id);
  yield* giveRoom(row.user_id, { space: room?.space ?? null }, row.size);
  const blobs = [...(row.blob === '' ? [] : [row.blob]), ...previews.map(({ blob }) => blob)];
  for (const blob of blobs) yield* dropBlob(tx, blob);
}

/** What is left of a deleted file in what was told of it earlier. */
const emptied = (id: FileId): File => ({
  id,
  name: '-',
  type: 'application/octet-stream',
  kind: 'other',
  size: 0,
});

/** Wipes what earlier events of a message told of these files ([L13]). */
export function* untellFiles(room: FileRow['room_id'], message: MessageId, files: readonly FileId[]): Step<void> {
  const log = roomLog(room);
  const wiped = (file: File) => (files.includes(file.id) ? emptied(file.id) : file);
  yield* retellEach(log, message, 'file.changed', (data) => ({ ...data, file: wiped(data.file) }));
  yield* retellEach(log, message, 'message.posted', (data) =>
    data.files ? { ...data, files: data.files.map(wiped) } : data,
  );
}

/** The files of a message go with it. What told of the post was wiped with the message. */
export function* dropFiles(tx: Transaction, { message }: FactOf<'message-deleted'>): Step<void> {
  const rows = yield* rowsOfMessage(message);
  const [first] = rows;
  if (!first) return;
  for (const row of rows) yield* deleteFile(tx, row);
  yield* untellFiles(
    first.room_id,
    message,
    rows.map(({ id }) => id),
  );
}
