import type { File, FileId, ScheduledId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { deleteFile } from './delete-file.ts';
import { type ExportedFile, exportedFile, type FileRow, placedFiles, scheduledRows } from './file-store.ts';
import { claimedFiles, type FileClaim } from './take-files.ts';

/** The files of those messages that wait with any, in their order. */
export function* filesOfScheduled(scheduled: readonly ScheduledId[]): Step<Map<ScheduledId, File[]>> {
  const rows = yield* scheduledRows(scheduled);
  const placed = yield* placedFiles(rows);
  return byScheduled(rows.map((row, at) => [row, placed[at]?.file]));
}

/** The same as they are taken along. */
export function* exportedFilesOfScheduled(scheduled: readonly ScheduledId[]): Step<Map<ScheduledId, ExportedFile[]>> {
  const rows = yield* scheduledRows(scheduled);
  return byScheduled(rows.map((row) => [row, exportedFile(row)]));
}

function byScheduled<T>(files: readonly (readonly [row: FileRow, file: T | undefined])[]): Map<ScheduledId, T[]> {
  const own = new Map<ScheduledId, T[]>();
  for (const [{ scheduled_id: id }, file] of files) {
    if (id !== null && file !== undefined) own.set(id, [...(own.get(id) ?? []), file]);
  }
  return own;
}

/** Has a message wait with these files and no others: what it had besides is deleted. */
export function* setScheduledFiles(
  tx: Transaction,
  claim: FileClaim & { readonly scheduled: ScheduledId },
  files: readonly FileId[],
): Step<void> {
  const { scheduled } = claim;
  const claimed = yield* claimedFiles(claim, files);
  for (const row of yield* scheduledRows([scheduled])) if (!files.includes(row.id)) yield* deleteFile(tx, row);
  for (const [place, { id }] of claimed.entries()) {
    yield* sql.run('UPDATE files SET scheduled_id = ?, place = ? WHERE id = ?', scheduled, place, id);
  }
}

/** It waits no more, and was not posted. */
export function* dropScheduledFiles(tx: Transaction, scheduled: ScheduledId): Step<void> {
  for (const row of yield* scheduledRows([scheduled])) yield* deleteFile(tx, row);
}
