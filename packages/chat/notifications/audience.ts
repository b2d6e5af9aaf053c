import type { Message, MessageId, Notify, RoomId, RoomKind, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { reachedByMail } from '../mail/index.ts';

/** A message that may ring, with what has to be known of its room and its place in its thread. */
export interface Rung extends Pick<Message, 'id' | 'room' | 'seq' | 'author' | 'text' | 'deletedAt'> {
  readonly thread: MessageId | null;
  readonly threadIndex: number;
  readonly alsoInRoom: boolean;
  readonly mentionsAll: Message['mentionsAll'] | null;
  readonly kind: RoomKind;
  readonly roomName: string;
  readonly authorName: string;
  /** The hash of their picture; empty for none. */
  readonly authorPicture: string;
}

interface RungRow extends Omit<Rung, 'alsoInRoom' | 'mentionsAll'> {
  in_room: number;
  details: string | null;
}

/** A message and its room, whoever asks; `undefined` when there is none. */
export function* rungMessage(message: MessageId): Step<Rung | undefined> {
  const row = yield* sql.get<RungRow>(
    `SELECT m.id, m.room_id AS room, m.seq, m.author, m.text, m.deleted_at AS "deletedAt", m.thread,
       COALESCE(t.replies - (SELECT COUNT(*) FROM messages later WHERE later.thread = m.thread AND later.seq > m.seq), 0)
         AS "threadIndex", m.in_room, m.details, r.kind, r.name AS "roomName",
       u.name AS "authorName", u.picture AS "authorPicture"
     FROM messages m JOIN rooms r ON r.id = m.room_id JOIN users u ON u.id = m.author
     LEFT JOIN threads t ON t.root = m.thread WHERE m.id = ?`,
    message,
  );
  if (!row) return undefined;
  const { in_room, details, ...rest } = row;
  const said = details === null ? {} : (JSON.parse(details) as Pick<Message, 'mentionsAll'>);
  return { ...rest, alsoInRoom: in_room === 1, mentionsAll: said.mentionsAll ?? null };
}

/** Somebody for whom a message may ring, and how it stands with them. */
export interface Candidate {
  readonly user: UserId;
  /** `null`: not in the room. */
  readonly notify: Notify | null;
  readonly mutedUntil: number | null;
  readonly named: boolean;
  readonly follows: boolean;
  /** They read it already. */
  readonly hasRead: boolean;
}

interface CandidateRow {
  user: UserId;
  notify: Notify | null;
  muted_until: number | null;
  read_seq: number | null;
  named: number;
  read_index: number | null;
}

const columns = `u.id AS "user", rm.notify, rm.muted_until, rm.read_seq,
  CASE WHEN n.user_id IS NULL THEN 0 ELSE 1 END AS named, f.read_index`;

/** People `u` with what is theirs of a message: its room, its id, and its thread's first message are the parameters. */
const standing = `JOIN rooms r ON r.id = ?
  LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = u.id
  LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = u.id
  LEFT JOIN mentions n ON n.message_id = ? AND n.user_id = u.id
  LEFT JOIN thread_follows f ON f.root = ? AND f.user_id = u.id AND f.following = 1
  WHERE u.disabled_at IS NULL
    AND (rm.user_id IS NOT NULL OR (r.visibility = 'public' AND sm.role IS NOT NULL AND sm.role <> 'guest'))`;

function candidateOf(row: CandidateRow, { seq, thread, threadIndex, alsoInRoom }: Rung): Candidate {
  const readInThread = thread !== null && row.read_index !== null && row.read_index >= threadIndex;
  const readInRoom = (thread === null || alsoInRoom) && row.read_seq !== null && row.read_seq >= seq;
  return {
    user: row.user,
    notify: row.notify,
    mutedUntil: row.muted_until,
    named: row.named === 1,
    follows: row.read_index !== null,
    hasRead: readInRoom || readInThread,
  };
}

/**
 * Where those come from for whom a message may ring. In a channel of thousands these are the few that it names, that
 * follow its thread or that want everything; each of these is an index.
 */
function sourcesOf(rung: Rung): { sql: string; parameters: string[] } {
  const sources: [string, string][] = [['SELECT user_id FROM mentions WHERE message_id = ?', rung.id]];
  if (rung.thread !== null) {
    sources.push(['SELECT user_id FROM thread_follows WHERE root = ? AND following = 1', rung.thread]);
  }
  if (rung.kind !== 'channel' || rung.mentionsAll === 'room') {
    sources.push(['SELECT user_id FROM room_members WHERE room_id = ?', rung.room]);
  } else {
    sources.push(...loudSources.map((source): [string, string] => [source, rung.room]));
  }
  return { sql: sources.map(([text]) => text).join(' UNION '), parameters: sources.map(([, parameter]) => parameter) };
}

/** Members for whom every post in a channel rings. The cross join has SQLite begin with the few who set it so. */
const loudSources = [
  `SELECT user_id FROM room_members WHERE room_id = ? AND notify = 'all'`,
  `SELECT l.user_id FROM account_settings s CROSS JOIN room_members l WHERE l.room_id = ? AND l.user_id = s.user_id
     AND s.name = 'notifyChannels' AND s.value = '"all"' AND l.notify = 'default'`,
];

export function* hasLoudMembers(room: RoomId): Step<boolean> {
  for (const source of loudSources) if (yield* sql.get(`${source} LIMIT 1`, room)) return true;
  return false;
}

/** Those who can be reached outside the page and for whom a message may ring, after a user, by id. */
export function* audienceOf(rung: Rung, after: string, limit: number): Step<Candidate[]> {
  const sources = sourcesOf(rung);
  const rows = yield* sql.all<CandidateRow>(
    `SELECT ${columns} FROM (${sources.sql}) c JOIN users u ON u.id = c.user_id ${standing}
       AND c.user_id > ? AND c.user_id <> ?
       AND (EXISTS (SELECT 1 FROM push_subscriptions p WHERE p.user_id = u.id)
         OR EXISTS (SELECT 1 FROM emails e WHERE e.user_id = u.id AND ${reachedByMail}))
     ORDER BY c.user_id LIMIT ?`,
    ...sources.parameters,
    rung.room,
    rung.id,
    rung.thread ?? '',
    after,
    rung.author,
    limit,
  );
  return rows.map((row) => candidateOf(row, rung));
}

/** How a message stands with one person; `undefined` when they may not see it. */
export function* candidateFor(rung: Rung, user: UserId): Step<Candidate | undefined> {
  const row = yield* sql.get<CandidateRow>(
    `SELECT ${columns} FROM users u ${standing} AND u.id = ?`,
    rung.room,
    rung.id,
    rung.thread ?? '',
    user,
  );
  return row && candidateOf(row, rung);
}
