import type { MessageId, RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { NamedFile } from '../files/index.ts';

/** What may be what is looked for. */
export interface Candidate {
  readonly id: MessageId;
  readonly room: RoomId;
  readonly author: UserId;
  readonly text: string;
  readonly thread: MessageId | null;
  readonly files?: readonly NamedFile[];
}

/** Which messages are looked at: posted from `since` on and before `until` (Unix ms), and before one of them. */
export interface Stretch {
  readonly since: number | null;
  readonly until: number | null;
  readonly before: MessageId | null;
}

/**
 * What the asker may see now and whose author they do not block. `asker`, three times, is its parameter; which message
 * it is about, the table before says.
 */
export const visible = (asker: string): string => `JOIN rooms r ON r.id = m.room_id
  LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = ${asker}
  LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = ${asker}
  WHERE m.deleted_at IS NULL
    AND (rm.user_id IS NOT NULL OR (r.visibility = 'public' AND sm.role <> 'guest'))
    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.user_id = ${asker} AND b.blocked = m.author)`;
export const columns = 'm.id, m.room_id AS room, m.author, m.text, m.thread';

const pinned = `SELECT ${columns} FROM pins p JOIN messages m ON m.id = p.message_id ${visible('?')}
  AND m.id >= ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`;

const all = `SELECT ${columns} FROM messages m ${visible('?')}
  AND m.id >= ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`;

/** The smallest id of a moment, and one behind all. */
const idAt = (ms: number): string => {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-`;
};
const lastId = '~';

/** The ids of a stretch: from the first on, and before the second. */
export function idsOf({ since, until, before }: Stretch): { from: string; end: string } {
  const end = until === null ? lastId : idAt(until);
  return { from: since === null ? '' : idAt(since), end: before !== null && before < end ? before : end };
}

/** At most `limit` messages that the asker may see, of those that are pinned, or of all; the newest first. */
export function* candidatesOf(
  which: 'pins' | 'all',
  asker: UserId,
  stretch: Stretch,
  limit: number,
): Step<Candidate[]> {
  const { from, end } = idsOf(stretch);
  return yield* sql.all<Candidate>(which === 'pins' ? pinned : all, asker, asker, asker, from, end, limit);
}
