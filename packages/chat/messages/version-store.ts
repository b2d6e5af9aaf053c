import type { MessageId, MessageVersion } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

/** Keeps what a message said until now, from `at` on. */
export function* keepVersion(message: MessageId, text: string, at: number): Step<void> {
  const last = yield* sql.get<{ version: number | null }>(
    'SELECT MAX(version) AS version FROM message_versions WHERE message_id = ?',
    message,
  );
  const version = (last?.version ?? 0) + 1;
  yield* sql.send(
    'INSERT INTO message_versions (message_id, version, text, at) VALUES (?, ?, ?, ?)',
    message,
    version,
    text,
    at,
  );
  yield* sql.send(
    'DELETE FROM message_versions WHERE message_id = ? AND version <= ?',
    message,
    version - limits.messageVersions,
  );
}

/** Earlier texts, the first one first. */
export function* versionsOf(message: MessageId): Step<MessageVersion[]> {
  return yield* sql.all<MessageVersion>(
    'SELECT text, at FROM message_versions WHERE message_id = ? ORDER BY version',
    message,
  );
}

/** A deleted message says nothing, and said nothing. */
export function* dropVersions(message: MessageId): Step<void> {
  yield* sql.send('DELETE FROM message_versions WHERE message_id = ?', message);
}
