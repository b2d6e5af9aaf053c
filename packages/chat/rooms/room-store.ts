import type { Membership, Notify, RoomId, RoomInfo, RoomKind, RoomView, SpaceId, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import { startLog } from '../log.ts';
import { threadMentionsIn, unreadInThreads, unreadMentions } from '../mentions/index.ts';
import { foldName } from '../text.ts';

interface ViewRow {
  id: RoomId;
  kind: RoomKind;
  space_id: SpaceId | null;
  visibility: 'public' | 'private';
  name: string;
  topic: string;
  description: string;
  /** Empty for none. */
  picture: string;
  created_by: UserId;
  created_at: number;
  archived_at: number | null;
  receipts: 'on' | 'off';
  slow_mode_ms: number;
  who_posts: 'all' | 'moderators';
  epoch: number;
  head: number;
  count: number;
  members: number;
  /** Their ids with a space between; `null` for a channel. */
  people: string | null;
  joined_at: number | null;
  read_seq: number;
  read_count: number;
  rewinds: number;
  /** Posts after `read_seq` that were deleted. */
  gone: number;
  /** Seqs of unread mentions with a space between, in no order. */
  mentions: string | null;
  thread_mentions: string | null;
  notify: Notify;
  muted_until: number | null;
  closed_count: number | null;
}

/** Parameters: the asker, then what the condition needs. */
const views = `SELECT r.id, r.kind, r.space_id, r.visibility, r.name, r.topic, r.description, r.picture, r.created_by, r.created_at, r.archived_at,
    r.receipts, r.slow_mode_ms, r.who_posts,    l.epoch, l.head, l.count, rm.joined_at, rm.read_seq, rm.read_count, rm.rewinds, rm.notify, rm.muted_until, rm.closed_count,
    (SELECT COUNT(*) FROM messages d WHERE d.room_id = r.id AND d.seq > rm.read_seq
      AND d.deleted_at IS NOT NULL AND d.in_room = 1) AS gone,
    ${unreadMentions} AS mentions,
    ${unreadInThreads} AS thread_mentions,
    (SELECT COUNT(*) FROM room_members c WHERE c.room_id = r.id) AS members,
    (SELECT string_agg(p.user_id, ' ' ORDER BY p.user_id) FROM room_members p
      WHERE p.room_id = r.id AND r.space_id IS NULL) AS people
  FROM rooms r JOIN logs l ON l.id = 'room:' || r.id
  LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = ?`;

function viewOf(row: ViewRow): RoomView {
  return {
    info: {
      id: row.id,
      space: row.space_id,
      kind: row.kind,
      visibility: row.visibility,
      name: row.name,
      topic: row.topic,
      ...(row.description === '' ? {} : { description: row.description }),
      ...(row.picture === '' ? {} : { picture: row.picture }),
      ...(row.receipts === 'off' ? { receipts: row.receipts } : {}),
      ...(row.slow_mode_ms > 0 ? { slowModeMs: row.slow_mode_ms } : {}),
      ...(row.who_posts === 'moderators' ? { whoPosts: row.who_posts } : {}),
      createdBy: row.created_by,
      createdAt: row.created_at,
      archivedAt: row.archived_at,
      ...(row.people === null ? {} : { people: row.people.split(' ') as UserId[] }),
    },
    memberCount: row.members,
    position: { epoch: row.epoch, seq: row.head, count: row.count },
    membership: row.joined_at === null ? null : membershipOf(row, row.joined_at),
  };
}

function membershipOf(row: ViewRow, joinedAt: number): Membership {
  const seqs = row.mentions === null ? [] : row.mentions.split(' ').map(Number);
  const threadMentions = threadMentionsIn(row.thread_mentions);
  return {
    joinedAt,
    readSeq: row.read_seq,
    readCount: row.read_count + row.gone,
    rewinds: row.rewinds,
    mentions: seqs.sort((a, b) => a - b),
    ...(threadMentions.length === 0 ? {} : { threadMentions }),
    notify: row.notify,
    mutedUntil: row.muted_until,
    ...(row.closed_count === null ? {} : { closedCount: row.closed_count }),
  };
}

/** A room as someone sees it who was found to be allowed to. */
export function* roomAsSeenBy(user: UserId, room: RoomId): Step<RoomView> {
  const row = yield* sql.get<ViewRow>(`${views} WHERE r.id = ?`, user, room);
  if (!row) throw new Error('There is no such room.');
  return viewOf(row);
}

/** The rooms that someone is a member of, the oldest first. */
export function* roomsOf(user: UserId): Step<RoomView[]> {
  return (yield* sql.all<ViewRow>(
    `${views} WHERE r.id IN (SELECT room_id FROM room_members WHERE user_id = ?) ORDER BY r.id`,
    user,
    user,
  )).map(viewOf);
}

/** Public rooms of a space and the private ones that the asker is in, by name. */
export function* browsableRooms(user: UserId, space: SpaceId, archived: boolean): Step<RoomView[]> {
  return (yield* sql.all<ViewRow>(
    `${views} WHERE r.space_id = ? AND (r.visibility = 'public' OR rm.user_id IS NOT NULL)
     AND r.archived_at IS ${archived ? 'NOT ' : ''}NULL ORDER BY r.name, r.id`,
    user,
    space,
  )).map(viewOf);
}

export function* publicRoomIds(space: SpaceId): Step<RoomId[]> {
  const rows = yield* sql.all<{ id: RoomId }>(
    "SELECT id FROM rooms WHERE space_id = ? AND visibility = 'public' ORDER BY id",
    space,
  );
  return rows.map((row) => row.id);
}

/** Every room of a space that someone is a member of. */
export function* joinedRoomIds(space: SpaceId, user: UserId): Step<RoomId[]> {
  const rows = yield* sql.all<{ id: RoomId }>(
    `SELECT r.id FROM room_members rm JOIN rooms r ON r.id = rm.room_id
     WHERE rm.user_id = ? AND r.space_id = ? ORDER BY r.id`,
    user,
    space,
  );
  return rows.map((row) => row.id);
}

export function* countRooms(space: SpaceId): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM rooms WHERE space_id = ?', space))?.n ?? 0;
}

/** What a room's name is unique by. A private room's never clashes, or a refusal would tell that the room exists. */
const nameKey = (info: Pick<RoomInfo, 'id' | 'visibility' | 'name'>) =>
  info.visibility === 'public' ? foldName(info.name) : `private:${info.id}`;

export function* isNameTaken(space: SpaceId, info: Pick<RoomInfo, 'id' | 'visibility' | 'name'>): Step<boolean> {
  const row = yield* sql.get(
    'SELECT 1 AS yes FROM rooms WHERE space_id = ? AND folded_name = ? AND id <> ?',
    space,
    nameKey(info),
    info.id,
  );
  return row !== undefined;
}

export function* insertRoom(info: RoomInfo): Step<void> {
  yield* sql.run(
    `INSERT INTO rooms (id, space_id, kind, visibility, name, folded_name, topic, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    info.id,
    info.space,
    info.kind,
    info.visibility,
    info.name,
    nameKey(info),
    info.topic,
    info.createdBy,
    info.createdAt,
  );
  yield* startLog(roomLog(info.id));
}

export function* setRoomName(info: Pick<RoomInfo, 'id' | 'visibility' | 'name'>): Step<void> {
  yield* sql.run('UPDATE rooms SET name = ?, folded_name = ? WHERE id = ?', info.name, nameKey(info), info.id);
}

export function* setRoomTopic(room: RoomId, topic: string): Step<void> {
  yield* sql.run('UPDATE rooms SET topic = ? WHERE id = ?', topic, room);
}

export function* setRules(
  room: RoomId,
  rules: { readonly slowModeMs: number; readonly whoPosts: 'all' | 'moderators' },
): Step<void> {
  yield* sql.run(
    'UPDATE rooms SET slow_mode_ms = ?, who_posts = ? WHERE id = ?',
    rules.slowModeMs,
    rules.whoPosts,
    room,
  );
}

export function* setRoomDescription(room: RoomId, description: string): Step<void> {
  yield* sql.run('UPDATE rooms SET description = ? WHERE id = ?', description, room);
}

export function* setArchivedAt(room: RoomId, at: number | null): Step<void> {
  yield* sql.run('UPDATE rooms SET archived_at = ? WHERE id = ?', at, room);
}
