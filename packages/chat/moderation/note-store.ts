import type { ModerationNote, NoteData, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';

/** What somebody was told and has not seen, the first one first. */
export function* notesOf(user: UserId): Step<ModerationNote[]> {
  const rows = yield* sql.all<{ seq: number; at: number; data: string }>(
    'SELECT seq, at, data FROM moderation_notes WHERE user_id = ? ORDER BY seq DESC LIMIT ?',
    user,
    limits.moderationNotes,
  );
  return rows.map(({ seq, at, data }) => ({ ...(JSON.parse(data) as NoteData), seq, at })).reverse();
}

/** Tells somebody something. Who did it stays unsaid. */
export function* tellNote(tx: Transaction, user: UserId, data: NoteData): Step<void> {
  const { seq } = yield* append(tx, { log: inboxLog(user), name: 'inbox.moderation-noted', by: null, data });
  yield* sql.run(
    'INSERT INTO moderation_notes (user_id, seq, at, data) VALUES (?, ?, ?, ?)',
    user,
    seq,
    tx.now,
    JSON.stringify(data),
  );
  yield* sql.run(
    `DELETE FROM moderation_notes WHERE user_id = ? AND seq NOT IN
       (SELECT seq FROM moderation_notes WHERE user_id = ? ORDER BY seq DESC LIMIT ?)`,
    user,
    user,
    limits.moderationNotes,
  );
}

/** `false` when there was none. */
export function* deleteNote(user: UserId, seq: number): Step<boolean> {
  return (yield* sql.run('DELETE FROM moderation_notes WHERE user_id = ? AND seq = ?', user, seq)) === 1;
}
