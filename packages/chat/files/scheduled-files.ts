import type { File, FileId, ScheduledId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { deleteFile } from './delete-file.ts';
import { type ExportedFile, exportedFile, gathered, placedFiles, scheduledRows } from './file-store.ts';
import { claimedFiles, type FileClaim } from './take-files.ts';

/** The files of those messages that wait with any, in their order. */
export function* filesOfScheduled(scheduled: readonly ScheduledId[]): Step<Map<ScheduledId, File[]>> {
  const rows = yield* scheduledRows(scheduled);
  const placed = yield* placedFiles(rows);
  return gathered(placed.map(({ file }, at) => [rows[at]?.scheduled_id ?? null, file]));
}

/** The same as they are taken along. */
export function* exportedFilesOfScheduled(scheduled: readonly ScheduledId[]): Step<Map<ScheduledId, ExportedFile[]>> {
  const rows = yield* scheduledRows(scheduled);
  return gathered(rows.map((row) => [row.scheduled_id, exportedFile(row)]));
}

/** Has a message wait with these files and no others: what it had besides is deleted. Gives them as they are shown. */
export function* setScheduledFiles(
  tx: Transaction,
  claim: FileClaim & { readonly scheduled: ScheduledId },
  files: readonly FileId[],
): Step<File[]> {
  const { scheduled } = claim;
  const claimed = yield* claimedFiles(claim, files);
  for (const row of yield* scheduledRows([scheduled])) if (!files.includes(row.id)) yield* deleteFile(tx, row);
  for (const [place, { id }] of claimed.entries()) {
    yield* sql.run('UPDATE files SET scheduled_id = ?, place = ? WHERE id = ?', scheduled, place, id);
  }
  return (yield* placedFiles(claimed)).map(({ file }) => file);
}

/** It waits no more, and was not posted. */
export function* dropScheduledFiles(tx: Transaction, scheduled: ScheduledId): Step<void> {
  for (const row of yield* scheduledRows([scheduled])) yield* deleteFile(tx, row);
}
