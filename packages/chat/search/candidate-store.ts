import type { MessageId, RoomId, UserId } from '@confab/protocol';
import { type Sql, type Step, sql } from '@confab/storage';
import { placeAt, placeOf } from './place.ts';
import type { Condition, WantedForm } from './wanted.ts';
import { factMark } from './word-forms.ts';

/** What may be what is looked for. */
export interface Candidate {
  readonly id: MessageId;
  readonly room: RoomId;
  readonly author: UserId;
  readonly text: string;
  readonly thread: MessageId | null;
}

/** Which messages are looked at: posted from `since` on and before `until` (Unix ms), and before one of them. */
export interface Stretch {
  readonly since: number | null;
  readonly until: number | null;
  readonly before: MessageId | null;
}

/** Messages that PostgreSQL looks through one by one, before it asks its index for the rest. */
const recentMessages = 10_000;

/**
 * What the asker may see now and whose author they do not block. `asker`, three times, is its parameter; which message
 * it is about, the table before says.
 */
const visible = (asker: string): string => `JOIN rooms r ON r.id = m.room_id
  LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = ${asker}
  LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = ${asker}
  WHERE m.deleted_at IS NULL
    AND (rm.user_id IS NOT NULL OR (r.visibility = 'public' AND sm.role <> 'guest'))
    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.user_id = ${asker} AND b.blocked = m.author)`;
const columns = 'm.id, m.room_id AS room, m.author, m.text, m.thread';
const indexed = "array_to_tsvector(string_to_array(btrim(s.words), ' ')) @@ $7::tsquery";

/**
 * Both find the newest first and stop when they have enough. SQLite's index is in that order; what is not in it yet is
 * looked through before. PostgreSQL's is in none: it would gather all of what is found often. So the newest messages
 * are looked through first, where that is to be found, and what is not there is rare enough to be gathered.
 */
const byWords: Sql = {
  sqlite: `SELECT id, room, author, text, thread FROM (
      SELECT * FROM (
        SELECT s.place, ${columns} FROM search_words s CROSS JOIN messages m ON m.id = s.message_id ${visible('?4')}
          AND s.place > (SELECT place FROM search_mark) AND s.place >= ?2 AND s.place < ?3
          AND EXISTS (SELECT 1 FROM json_each(?6) p WHERE s.words LIKE p.value)
        ORDER BY s.place DESC LIMIT ?5)
      UNION ALL SELECT * FROM (
        SELECT s.place, ${columns} FROM search_index i CROSS JOIN search_words s ON s.place = i.rowid
          CROSS JOIN messages m ON m.id = s.message_id ${visible('?4')}
          AND i.search_index MATCH ?1 AND i.rowid >= ?2 AND i.rowid < ?3 AND ?7 <> ''
        ORDER BY i.rowid DESC LIMIT ?5))
    ORDER BY place DESC LIMIT ?5`,
  postgres: `WITH recent AS MATERIALIZED (
      SELECT place, message_id, words FROM search_words WHERE place >= $2 AND place < $3
      ORDER BY place DESC LIMIT ${recentMessages}),
    near AS MATERIALIZED (
      SELECT s.place, ${columns} FROM recent s JOIN messages m ON m.id = s.message_id ${visible('$4')}
        AND s.words LIKE ANY ($6::text[]) AND ${indexed}
      ORDER BY s.place DESC LIMIT $5),
    far AS MATERIALIZED (
      SELECT s.place, s.message_id FROM search_words s
      WHERE (SELECT COUNT(*) FROM near) < $5 AND $1 <> '' AND ${indexed}
        AND s.place >= $2 AND s.place < (SELECT MIN(place) FROM recent))
    SELECT id, room, author, text, thread FROM (
      SELECT * FROM near UNION ALL (
        SELECT s.place, ${columns} FROM far s JOIN messages m ON m.id = s.message_id ${visible('$4')}
        ORDER BY s.place DESC LIMIT $5)) AS found
    ORDER BY place DESC LIMIT $5`,
};

const pinned = `SELECT ${columns} FROM pins p JOIN messages m ON m.id = p.message_id ${visible('?')}
  AND m.id >= ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`;

const all = `SELECT ${columns} FROM messages m ${visible('?')}
  AND m.id >= ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`;

const quoted = ({ form, prefix }: WantedForm): string => `"${form}"${prefix ? '*' : ''}`;
const lexeme = ({ form, prefix }: WantedForm): string => `'${form}'${prefix ? ':*' : ''}`;
const pattern = ({ form, prefix }: WantedForm): string => `% ${form}${prefix ? '' : ' '}%`;

/** The condition that fewest messages fulfil, as far as its length tells: words before facts, longer ones first. */
function rarest(conditions: readonly Condition[]): Condition {
  const length = (condition: Condition) => {
    const form = condition[0]?.form ?? '';
    return form.startsWith(factMark) ? 0 : form.length;
  };
  return conditions.reduce((a, b) => (length(b) > length(a) ? b : a));
}

/** The words of a query as each database reads them. They hold letters, marks, numbers, emoji, `.` and `:` alone. */
function matchOf(conditions: readonly Condition[], dialect: 'sqlite' | 'postgres'): string {
  const [form, or, and] = dialect === 'sqlite' ? [quoted, ' OR ', ' AND '] : [lexeme, ' | ', ' & '];
  return conditions.map((condition) => `(${condition.map(form).join(or)})`).join(and);
}

const lastPlace = (1n << 63n) - 1n;
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** At most `limit` messages that the asker may see and that fulfil all conditions, the newest first. */
export function* candidatesByWords(
  asker: UserId,
  conditions: readonly Condition[],
  { since, until, before }: Stretch,
  limit: number,
): Step<Candidate[]> {
  return yield* sql.all<Candidate>(
    byWords,
    matchOf(conditions, 'sqlite'),
    since === null ? 0n : placeAt(since),
    smaller(until === null ? lastPlace : placeAt(until), before === null ? lastPlace : placeOf(before)),
    asker,
    limit,
    rarest(conditions).map(pattern),
    matchOf(conditions, 'postgres'),
  );
}

/** The smallest id of a moment, and one behind all. */
const idAt = (ms: number): string => {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-`;
};
const lastId = '~';

/** As above, of those that are pinned, or of all; whatever they say. */
export function* candidatesOf(
  from: 'pins' | 'all',
  asker: UserId,
  { since, until, before }: Stretch,
  limit: number,
): Step<Candidate[]> {
  const end = until === null ? lastId : idAt(until);
  return yield* sql.all<Candidate>(
    from === 'pins' ? pinned : all,
    asker,
    asker,
    asker,
    since === null ? '' : idAt(since),
    before !== null && before < end ? before : end,
    limit,
  );
}
