import type { InviteId, MessageId, RoomId, SpaceId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { BroughtRoom, Source } from './moved.ts';

/** Up to where a room's history was brought. */
export interface Mark {
  readonly at: number;
  readonly key: string;
}

export interface RoomState {
  readonly mark: Mark;
  /** Where its log stood when the bringing under way began; `null` when none is. */
  readonly begunAtSeq: number | null;
  /** Whether it was brought to the end once. */
  readonly finished: boolean;
}

interface RoomRow {
  mark_at: number;
  mark_key: string;
  begun_at_seq: number | null;
  finished: number;
}

/** Before everything that can be brought. */
export const noMark: Mark = { at: -1, key: '' };

export function* insertBroughtPerson(source: Source, key: string, user: UserId): Step<void> {
  yield* sql.run(
    'INSERT INTO import_people (source, item, user_id) VALUES (?, ?, ?) ON CONFLICT (source, item) DO NOTHING',
    source,
    key,
    user,
  );
}

export interface KnownPerson {
  readonly key: string;
  readonly user: UserId;
  readonly handle: string;
  /** Nobody has taken the account over yet, and there is no link by which they could. */
  readonly needsLink: boolean;
}

/** Who of an export is here already. */
export function* broughtPeople(input: { source: Source; keys: readonly string[]; now: number }): Step<KnownPerson[]> {
  const rows = yield* sql.all<Omit<KnownPerson, 'needsLink'> & { needs_link: number }>(
    `SELECT p.item AS key, p.user_id AS user, u.handle,
       CASE WHEN u.password_hash = '' AND u.kind = 'person' AND u.disabled_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM invites i WHERE i.for_user = u.id AND i.revoked_at IS NULL AND i.uses = 0 AND i.expires_at > ?)
       THEN 1 ELSE 0 END AS needs_link
     FROM import_people p JOIN users u ON u.id = p.user_id WHERE p.source = ? AND p.item = ANY (?)`,
    input.now,
    input.source,
    input.keys,
  );
  return rows.map(({ needs_link, ...row }) => ({ ...row, needsLink: needs_link === 1 }));
}

export interface AccountOfHandle {
  readonly handle: string;
  readonly user: UserId;
  readonly kind: 'person' | 'bot';
  readonly disabled: boolean;
}

/** Whose these handles are. */
export function* accountsByHandle(handles: readonly string[]): Step<AccountOfHandle[]> {
  const rows = yield* sql.all<Omit<AccountOfHandle, 'disabled'> & { off: number }>(
    `SELECT handle, id AS user, kind, CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END AS off
     FROM users WHERE handle = ANY (?)`,
    handles,
  );
  return rows.map(({ off, ...row }) => ({ ...row, disabled: off === 1 }));
}

export function* roomState(room: RoomId): Step<RoomState | undefined> {
  const row = yield* sql.get<RoomRow>(
    'SELECT mark_at, mark_key, begun_at_seq, finished FROM import_rooms WHERE room_id = ?',
    room,
  );
  if (!row) return undefined;
  const mark = { at: row.mark_at, key: row.mark_key };
  return { mark, begunAtSeq: row.begun_at_seq, finished: row.finished === 1 };
}

/** Notes that a room is being brought; one that came before keeps up to where. */
export function* beginRoom(source: Source, { id, key }: BroughtRoom, atSeq: number): Step<void> {
  yield* sql.run(
    `INSERT INTO import_rooms (room_id, source, item, mark_at, mark_key, begun_at_seq, finished)
     VALUES (?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT (room_id) DO UPDATE SET begun_at_seq = COALESCE(import_rooms.begun_at_seq, excluded.begun_at_seq)`,
    id,
    source,
    key,
    noMark.at,
    noMark.key,
    atSeq,
  );
}

export function* setMark(room: RoomId, mark: Mark): Step<void> {
  yield* sql.run('UPDATE import_rooms SET mark_at = ?, mark_key = ? WHERE room_id = ?', mark.at, mark.key, room);
}

export function* endRoom(room: RoomId): Step<void> {
  yield* sql.run('UPDATE import_rooms SET begun_at_seq = NULL, finished = 1 WHERE room_id = ?', room);
}

export interface KnownRoom {
  readonly key: string;
  readonly id: RoomId;
  readonly name: string;
  readonly mark: Mark;
}

/** Which rooms of a source are here. */
export function* broughtRooms(source: Source): Step<KnownRoom[]> {
  const rows = yield* sql.all<Pick<RoomRow, 'mark_at' | 'mark_key'> & Omit<KnownRoom, 'mark'>>(
    `SELECT i.item AS key, r.id, r.name, i.mark_at, i.mark_key FROM import_rooms i JOIN rooms r ON r.id = i.room_id
     WHERE i.source = ?`,
    source,
  );
  return rows.map(({ mark_at: at, mark_key, ...room }) => ({ ...room, mark: { at, key: mark_key } }));
}

export interface MessageState {
  readonly id: MessageId;
  readonly deleted: boolean;
  readonly text: string;
  readonly thread: MessageId | null;
  readonly editedAt: number | null;
}

/** Those of these messages that are in the room. */
export function* messageStates(room: RoomId, ids: readonly MessageId[]): Step<Map<MessageId, MessageState>> {
  if (ids.length === 0) return new Map();
  const rows = yield* sql.all<Omit<MessageState, 'deleted'> & { deleted_at: number | null }>(
    'SELECT id, deleted_at, text, thread, edited_at AS "editedAt" FROM messages WHERE id = ANY (?) AND room_id = ?',
    ids,
    room,
  );
  return new Map(rows.map(({ deleted_at, ...row }) => [row.id, { ...row, deleted: deleted_at !== null }]));
}

/** An invitation of one use to take over an account. */
export function* insertPersonalInvite(invite: {
  readonly id: InviteId;
  readonly space: SpaceId;
  readonly tokenHash: string;
  readonly hint: string;
  readonly role: string;
  readonly by: UserId;
  readonly user: UserId;
  readonly now: number;
  readonly expiresAt: number;
}): Step<void> {
  yield* sql.run(
    `INSERT INTO invites (id, space_id, token_hash, hint, role, created_by, created_at, expires_at, max_uses, uses, for_user)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, ?)`,
    invite.id,
    invite.space,
    invite.tokenHash,
    invite.hint,
    invite.role,
    invite.by,
    invite.now,
    invite.expiresAt,
    invite.user,
  );
}
