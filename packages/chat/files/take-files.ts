import type { File, FileId, MessageId, RoomId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { fileRows, placedFiles } from './file-store.ts';

/** Makes files that wait those of a message that is being posted. */
export function* takeFiles(
  tx: Transaction,
  author: UserId,
  room: RoomId,
  files: readonly FileId[],
  message: MessageId,
): Step<File[]> {
  const rows = new Map((yield* fileRows(files)).map((row) => [row.id, row]));
  const taken = files.map((id) => {
    const row = rows.get(id);
    const isThere = row?.user_id === author && row.room_id === room && row.message_id === null && row.poster_of === '';
    // Of what is somebody else's one learns nothing.
    if (!row || !isThere) throw new Refusal('file-gone');
    if (row.blob === '') throw new Refusal('file-incomplete');
    return row;
  });
  for (const [place, { id }] of taken.entries()) {
    yield* sql.run(
      'UPDATE files SET message_id = ?, place = ?, posted_at = ? WHERE id = ?',
      message,
      place,
      tx.now,
      id,
    );
  }
  return (yield* placedFiles(taken)).map(({ file }) => file);
}
