import type { MessageId, Preview } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { retell } from '../log.ts';
import type { Transaction } from '../transaction.ts';

interface PreviewRow {
  message_id: MessageId;
  previews: string;
}

/** The previews of those messages that have any. */
export function* previewsOf(_asker: string, messages: readonly MessageId[]): Step<Map<MessageId, Preview[]>> {
  const rows = yield* sql.all<PreviewRow>(
    `SELECT message_id, previews FROM message_previews WHERE removed = 0 AND message_id = ANY (?)`,
    messages,
  );
  return new Map(rows.map((row) => [row.message_id, JSON.parse(row.previews) as Preview[]]));
}

/** Whether it has previews, or somebody took them away for good. */
export function* previewState(message: MessageId): Step<'none' | 'some' | 'removed'> {
  const row = yield* sql.get<{ removed: number }>('SELECT removed FROM message_previews WHERE message_id = ?', message);
  if (!row) return 'none';
  return row.removed === 1 ? 'removed' : 'some';
}

export function* setPreviews(message: MessageId, previews: readonly Preview[]): Step<void> {
  yield* sql.run(
    `INSERT INTO message_previews (message_id, previews, removed) VALUES (?, ?, 0)
     ON CONFLICT (message_id) DO UPDATE SET previews = excluded.previews`,
    message,
    JSON.stringify(previews),
  );
}

/** None from now on, whatever is found later. */
export function* banPreviews(message: MessageId): Step<void> {
  yield* sql.run(
    `INSERT INTO message_previews (message_id, previews, removed) VALUES (?, '[]', 1)
     ON CONFLICT (message_id) DO UPDATE SET previews = excluded.previews, removed = 1`,
    message,
  );
}

export function* deletePreviews(message: MessageId): Step<void> {
  yield* sql.run('DELETE FROM message_previews WHERE message_id = ?', message);
}

/** What is not there any more has no previews, and earlier events of it tell none ([L13]). */
export function* dropPreviews(_tx: Transaction, { message, room }: FactOf<'message-deleted'>): Step<void> {
  yield* deletePreviews(message);
  yield* retell(roomLog(room), message, 'message.previewed', { message, previews: [] });
}
