import type { File, FileId, MessageId, RoomId, ScheduledId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { type FileRow, fileRows, placedFiles } from './file-store.ts';

/** Whose files are asked for, and where they have to wait. */
export interface FileClaim {
  readonly author: UserId;
  readonly room: RoomId;
  /** Besides those in composers, those that this message waits with. */
  readonly scheduled: ScheduledId | null;
}

/** Files that have arrived and nothing else has, in the order in which they are asked for. */
export function* claimedFiles({ author, room, scheduled }: FileClaim, files: readonly FileId[]): Step<FileRow[]> {
  const rows = new Map((yield* fileRows(files)).map((row) => [row.id, row]));
  return files.map((id) => {
    const row = rows.get(id);
    const isThere = row?.user_id === author && row.room_id === room && row.message_id === null && row.poster_of === '';
    const isFree = row?.scheduled_id === null || row?.scheduled_id === scheduled;
    // Of what is somebody else's one learns nothing.
    if (!row || !isThere || !isFree) throw new Refusal('file-gone');
    if (row.blob === '') throw new Refusal('file-incomplete');
    return row;
  });
}

/** Makes files that wait those of a message that is being posted. */
export function* takeFiles(
  tx: Transaction,
  claim: FileClaim,
  files: readonly FileId[],
  message: MessageId,
): Step<File[]> {
  const taken = yield* claimedFiles(claim, files);
  for (const [place, { id }] of taken.entries()) {
    yield* sql.run(
      'UPDATE files SET message_id = ?, scheduled_id = NULL, place = ?, posted_at = ? WHERE id = ?',
      message,
      place,
      tx.now,
      id,
    );
  }
  return (yield* placedFiles(taken)).map(({ file }) => file);
}
