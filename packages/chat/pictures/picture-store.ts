import type { PictureHash, StillType } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { CheckedPicture } from './still-picture.ts';

/** Tables whose rows have a picture; an empty hash for none. */
type Holder = 'users' | 'rooms' | 'spaces';

/** Counts one more that has it. The row is locked from here on, so that nobody deletes it meanwhile. */
function* take({ hash, type, bytes }: CheckedPicture): Step<void> {
  yield* sql.run(
    `INSERT INTO pictures (hash, type, file, uses) VALUES (?, ?, ?, 1)
     ON CONFLICT (hash) DO UPDATE SET uses = pictures.uses + 1`,
    hash,
    type,
    bytes.toString('base64'),
  );
}

/** One less has it; what nobody has any more is kept no longer. */
function* leave(picture: PictureHash): Step<void> {
  yield* sql.run('UPDATE pictures SET uses = uses - 1 WHERE hash = ?', picture);
  yield* sql.run('DELETE FROM pictures WHERE hash = ? AND uses < 1', picture);
}

/** Gives a row another picture, or none. `false` when it has that one already. */
export function* setPictureOf(holder: Holder, id: string, picture: CheckedPicture | null): Step<boolean> {
  // Reads it and locks it: another node may set it at the same time.
  const row = yield* sql.get<{ picture: string }>(
    `UPDATE ${holder} SET picture = picture WHERE id = ? RETURNING picture`,
    id,
  );
  const before = row?.picture ?? '';
  const after = picture?.hash ?? '';
  if (before === after) return false;
  // Two that change at once are locked in one order by everybody.
  if (before !== '' && before < after) yield* leave(before);
  if (picture !== null) yield* take(picture);
  if (before > after) yield* leave(before);
  yield* sql.run(`UPDATE ${holder} SET picture = ? WHERE id = ?`, after, id);
  return true;
}

export function* pictureBy(picture: PictureHash): Step<{ type: StillType; file: string } | undefined> {
  return yield* sql.get<{ type: StillType; file: string }>('SELECT type, file FROM pictures WHERE hash = ?', picture);
}
