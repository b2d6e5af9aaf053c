import type { FileId, InviteId, MessageId, Role, RoomId, RoomKind, SpaceId, UserId, WebhookId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { Actor } from './actor.ts';
import { type ContextColumns, contextOf, type StoredContext } from './post-context.ts';
import { isAtLeast } from './roles.ts';

/**
 * Who may call an operation, as data. Rows are reached through the asker: one query gives the row, the asker's role
 * and membership, and whether the session still counts, so that "not there" and "not yours to see" are one answer
 * that no operation can forget.
 */
export type Access =
  /** Signed in or not. */
  | { readonly who: 'anyone' }
  | { readonly who: 'user' }
  /** An owner of the oldest space. */
  | { readonly who: 'instance-owner' }
  /** Someone in `params.space`, with at least this role. */
  | { readonly who: 'space'; readonly atLeast: Role }
  /** A member of `params.room` with at least this role in its space. */
  | { readonly who: 'room'; readonly atLeast: Role }
  /** Who may see `params.room`: its members, and for public ones the space's members but not its guests. */
  | { readonly who: 'visible-room'; readonly atLeast: Role; readonly orCreator?: true; readonly orInGroup?: true }
  /** Who may see the room of `params.message`; its author must still be in the room. */
  | { readonly who: 'message'; readonly only: 'readers' | 'members' | 'author' | 'author-or-moderator' }
  /** Who may see the room that `params.file` was posted in; while it waits its sender alone, who must still be in the room. */
  | { readonly who: 'file'; readonly only: 'readers' | 'sender' }
  /** A moderator of the space whose message `params.message` is, if it was reported; nobody else knows of it. */
  | { readonly who: 'reported-message' }
  /** An admin of the space that `params.invite` is for; nobody else knows of it. */
  | { readonly who: 'invite' }
  /** An admin of the space whose room `params.webhook` posts into; nobody else knows of it. */
  | { readonly who: 'webhook' };

export interface ReachedSpace {
  readonly id: SpaceId;
  readonly name: string;
  readonly role: Role;
}

export interface ReachedRoom {
  readonly id: RoomId;
  readonly kind: RoomKind;
  /** `null` for directs and groups. */
  readonly space: SpaceId | null;
  readonly visibility: 'public' | 'private';
  readonly name: string;
  readonly topic: string;
  readonly description: string;
  /** Empty for none. */
  readonly picture: string;
  readonly createdBy: UserId;
  readonly createdAt: number;
  readonly archivedAt: number | null;
  readonly receipts: 'on' | 'off';
  /** A post in it may ring for somebody whom it neither names nor answers. */
  readonly loud: boolean;
  readonly slowModeMs: number;
  readonly whoPosts: 'all' | 'moderators';
  /** The rules of its space's word filter, as JSON; `null` where there are none. */
  readonly wordFilter: string | null;
  /** Until when the asker may not write here; `null` where nobody said so. It may have passed. */
  readonly mutedUntil: number | null;
  /** The asker is an account that a program posts with. */
  readonly isBot: boolean;
  /** The asker's role in the room's space; in a room without one everybody is a member. */
  readonly role: Role;
  readonly membership: {
    readonly joinedAt: number;
    readonly readSeq: number;
    readonly readCount: number;
    /** Of the last post in slow mode. */
    readonly postedAt: number | null;
  } | null;
}

export interface ReachedMessage {
  readonly id: MessageId;
  readonly seq: number;
  readonly author: UserId;
  readonly clientId: string;
  readonly text: string;
  readonly postedAt: number;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
  readonly context: StoredContext;
  readonly room: ReachedRoom;
}

export interface ReachedFile {
  readonly id: FileId;
  readonly by: UserId;
  /** `null` while it waits to be posted. */
  readonly message: MessageId | null;
  readonly room: ReachedRoom;
}

export interface ReachedInvite {
  readonly id: InviteId;
  readonly space: SpaceId;
}

export interface ReachedWebhook {
  readonly id: WebhookId;
}

/** What each kind of access hands to the operation. */
export interface ReachedBy {
  anyone: undefined;
  user: undefined;
  'instance-owner': undefined;
  space: ReachedSpace;
  room: ReachedRoom;
  'visible-room': ReachedRoom;
  message: ReachedMessage;
  'reported-message': ReachedMessage;
  file: ReachedFile;
  invite: ReachedInvite;
  webhook: ReachedWebhook;
}

interface SessionRow {
  session_revoked_at: number | null;
  session_expires_at: number;
  user_disabled_at: number | null;
}

interface RoomRow extends SessionRow {
  id: RoomId | null;
  kind: RoomKind;
  space_id: SpaceId | null;
  visibility: 'public' | 'private';
  name: string;
  topic: string;
  description: string;
  picture: string;
  created_by: UserId;
  created_at: number;
  archived_at: number | null;
  receipts: 'on' | 'off';
  slow_mode_ms: number;
  who_posts: 'all' | 'moderators';
  word_filter: string | null;
  silenced_until: number | null;
  user_kind: string;
  loud: number;
  role: Role | null;
  joined_at: number | null;
  read_seq: number;
  read_count: number;
  posted_at_slowly: number | null;
}

interface MessageRow extends RoomRow, ContextColumns {
  message_id: MessageId | null;
  seq: number;
  author: UserId;
  client_id: string;
  text: string;
  posted_at: number;
  edited_at: number | null;
  deleted_at: number | null;
}

const session = `s.revoked_at AS session_revoked_at, s.expires_at AS session_expires_at, u.disabled_at AS user_disabled_at`;
const asker = `FROM sessions s JOIN users u ON u.id = s.user_id`;
const isAsker = `WHERE s.id = ? AND s.user_id = ?`;
const roomColumns = `r.id, r.kind, r.space_id, r.visibility, r.name, r.topic, r.description, r.picture, r.created_by, r.created_at, r.archived_at,
  r.receipts, r.loud, r.slow_mode_ms, r.who_posts, u.kind AS user_kind,
  (SELECT sp.word_filter FROM spaces sp WHERE sp.id = r.space_id) AS word_filter,
  (SELECT MAX(mu.until) FROM mutes mu WHERE mu.user_id = u.id AND mu.space_id = r.space_id
    AND mu.room_id IN ('', r.id)) AS silenced_until, rm.posted_at AS posted_at_slowly, sm.role, rm.joined_at, rm.read_seq, rm.read_count`;
const roomMembership = `LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = u.id
  LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = u.id`;

const queries = {
  user: `SELECT ${session} ${asker} ${isAsker}`,
  instanceOwner: `SELECT ${session}, sm.role ${asker}
    LEFT JOIN space_members sm ON sm.space_id = (SELECT MIN(id) FROM spaces) AND sm.user_id = u.id ${isAsker}`,
  space: `SELECT ${session}, sp.id, sp.name, sm.role ${asker} LEFT JOIN spaces sp ON sp.id = ?
    LEFT JOIN space_members sm ON sm.space_id = sp.id AND sm.user_id = u.id ${isAsker}`,
  room: `SELECT ${session}, ${roomColumns} ${asker} LEFT JOIN rooms r ON r.id = ? ${roomMembership} ${isAsker}`,
  member: `SELECT u.disabled_at AS user_disabled_at, ${roomColumns} FROM users u LEFT JOIN rooms r ON r.id = ? ${roomMembership}
    WHERE u.id = ?`,
  message: `SELECT ${session}, ${roomColumns}, m.id AS message_id, m.seq, m.author, m.client_id, m.text, m.posted_at,
    m.edited_at, m.deleted_at, m.thread, m.in_room, m.details ${asker}
    LEFT JOIN messages m ON m.id = ? LEFT JOIN rooms r ON r.id = m.room_id ${roomMembership} ${isAsker}`,
  file: `SELECT ${session}, ${roomColumns}, f.id AS file_id, f.user_id AS sender, f.message_id ${asker}
    LEFT JOIN files f ON f.id = ? LEFT JOIN rooms r ON r.id = f.room_id ${roomMembership} ${isAsker}`,
  invite: `SELECT ${session}, i.id, i.space_id, sm.role ${asker} LEFT JOIN invites i ON i.id = ?
    LEFT JOIN space_members sm ON sm.space_id = i.space_id AND sm.user_id = u.id ${isAsker}`,
  webhook: `SELECT ${session}, w.id, r.visibility, sm.role, rm.joined_at ${asker} LEFT JOIN webhooks w ON w.id = ?
    LEFT JOIN rooms r ON r.id = w.room_id ${roomMembership} ${isAsker}`,
} as const;

/** Refuses an asker whose session or account no longer counts. */
function checkSession<Row extends SessionRow>(row: Row | undefined, now: number): Row {
  if (!row) throw new Refusal('unauthenticated');
  if (row.user_disabled_at !== null) throw new Refusal('account-disabled');
  if (row.session_revoked_at !== null) throw new Refusal('session-revoked');
  if (row.session_expires_at <= now) throw new Refusal('session-expired');
  return row;
}

/** The room of a row, if its asker may see it. One without a space is reached through its membership alone. */
function visibleRoom(row: RoomRow): ReachedRoom {
  const member = row.joined_at !== null;
  const role = row.space_id === null && member ? 'member' : row.role;
  if (row.id === null || role === null) throw new Refusal('not-found');
  if (!member && (row.visibility !== 'public' || role === 'guest')) throw new Refusal('not-found');
  return roomOf(row, row.id, role);
}

function roomOf(row: RoomRow, id: RoomId, role: Role): ReachedRoom {
  return {
    id,
    kind: row.kind,
    space: row.space_id,
    visibility: row.visibility,
    name: row.name,
    topic: row.topic,
    description: row.description,
    picture: row.picture,
    createdBy: row.created_by,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    receipts: row.receipts,
    loud: row.loud === 1,
    slowModeMs: row.slow_mode_ms,
    whoPosts: row.who_posts,
    wordFilter: row.word_filter,
    mutedUntil: row.silenced_until,
    isBot: row.user_kind === 'bot',
    role,
    membership:
      row.joined_at === null
        ? null
        : {
            joinedAt: row.joined_at,
            readSeq: row.read_seq,
            readCount: row.read_count,
            postedAt: row.posted_at_slowly,
          },
  };
}

/** Whether being a member is enough here. Whoever began a group has no more say in it than the others. */
function isTrusted(access: Access & { who: 'visible-room' }, room: ReachedRoom, actor: Actor): boolean {
  if (room.space === null) return access.orInGroup === true && room.kind === 'group';
  return access.orCreator === true && room.createdBy === actor.user;
}

function* reachRoom(access: Access & { who: 'room' | 'visible-room' }, actor: Actor, room: string, now: number) {
  const row = yield* sql.get<RoomRow>(queries.room, room, actor.session, actor.user);
  const reached = visibleRoom(checkSession(row, now));
  if (access.who === 'room' && reached.membership === null) throw new Refusal('forbidden');
  const trusted = access.who === 'visible-room' && isTrusted(access, reached, actor);
  if (!isAtLeast(reached.role, trusted ? 'member' : access.atLeast)) throw new Refusal('forbidden');
  return reached;
}

/** The room for somebody who is in it and asked earlier, with whichever session. Refuses as if they asked now. */
export function* reachRoomFor(user: UserId, room: RoomId): Step<ReachedRoom> {
  const row = yield* sql.get<RoomRow>(queries.member, room, user);
  if (!row) throw new Refusal('not-found');
  if (row.user_disabled_at !== null) throw new Refusal('account-disabled');
  const reached = visibleRoom(row);
  if (reached.membership === null) throw new Refusal('forbidden');
  return reached;
}

function* reachMessage(access: Access & { who: 'message' }, actor: Actor, message: string, now: number) {
  const row = checkSession(yield* sql.get<MessageRow>(queries.message, message, actor.session, actor.user), now);
  const room = visibleRoom(row);
  if (row.message_id === null) throw new Refusal('not-found');
  const author = row.author === actor.user && room.membership !== null;
  const moderator = access.only === 'author-or-moderator' && isAtLeast(room.role, 'moderator');
  const member = access.only === 'members' && room.membership !== null;
  if (access.only !== 'readers' && !member && !author && !moderator) throw new Refusal('forbidden');
  return messageOf(row, row.message_id, room);
}

function* reachFile(access: Access & { who: 'file' }, actor: Actor, file: string, now: number) {
  const row = checkSession(
    yield* sql.get<RoomRow & { file_id: FileId | null; sender: UserId; message_id: MessageId | null }>(
      queries.file,
      file,
      actor.session,
      actor.user,
    ),
    now,
  );
  const room = visibleRoom(row);
  if (row.file_id === null) throw new Refusal('not-found');
  const isSender = row.sender === actor.user && room.membership !== null;
  // Of what was not posted nobody else knows.
  if (row.message_id === null && !isSender) throw new Refusal('not-found');
  if (access.only === 'sender' && !isSender) throw new Refusal('forbidden');
  return { id: row.file_id, by: row.sender, message: row.message_id, room } satisfies ReachedFile;
}

/** A report shows a message to those who moderate its space, also of a room that they do not see. */
function* reachReported(actor: Actor, message: string, now: number) {
  const row = checkSession(yield* sql.get<MessageRow>(queries.message, message, actor.session, actor.user), now);
  const { id, message_id, role } = row;
  if (id === null || message_id === null || role === null || !isAtLeast(role, 'moderator')) {
    throw new Refusal('not-found');
  }
  const found = yield* sql.get('SELECT 1 AS yes FROM report_cases WHERE message_id = ?', message_id);
  if (!found) throw new Refusal('not-found');
  return messageOf(row, message_id, roomOf(row, id, role));
}

function messageOf(row: MessageRow, id: MessageId, room: ReachedRoom): ReachedMessage {
  return {
    id,
    seq: row.seq,
    author: row.author,
    clientId: row.client_id,
    text: row.text,
    postedAt: row.posted_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    context: contextOf(row),
    room,
  };
}

function* reachSpace(access: Access & { who: 'space' }, actor: Actor, space: string, now: number) {
  const row = checkSession(
    yield* sql.get<SessionRow & { id: SpaceId | null; name: string; role: Role | null }>(
      queries.space,
      space,
      actor.session,
      actor.user,
    ),
    now,
  );
  if (row.id === null || row.role === null) throw new Refusal('not-found');
  if (!isAtLeast(row.role, access.atLeast)) throw new Refusal('forbidden');
  return { id: row.id, name: row.name, role: row.role } satisfies ReachedSpace;
}

function* reachInvite(actor: Actor, invite: string, now: number) {
  const row = checkSession(
    yield* sql.get<SessionRow & { id: InviteId | null; space_id: SpaceId; role: Role | null }>(
      queries.invite,
      invite,
      actor.session,
      actor.user,
    ),
    now,
  );
  if (row.id === null || row.role === null || !isAtLeast(row.role, 'admin')) throw new Refusal('not-found');
  return { id: row.id, space: row.space_id } satisfies ReachedInvite;
}

function* reachWebhook(actor: Actor, webhook: string, now: number) {
  const row = checkSession(
    yield* sql.get<
      SessionRow & { id: WebhookId | null; visibility: string; role: Role | null; joined_at: number | null }
    >(queries.webhook, webhook, actor.session, actor.user),
    now,
  );
  const seen = row.joined_at !== null || row.visibility === 'public';
  if (row.id === null || row.role === null || !seen || !isAtLeast(row.role, 'admin')) throw new Refusal('not-found');
  return { id: row.id } satisfies ReachedWebhook;
}

function* reachInstance(actor: Actor, now: number): Step<undefined> {
  const row = yield* sql.get<SessionRow & { role: Role | null }>(queries.instanceOwner, actor.session, actor.user);
  if (checkSession(row, now).role !== 'owner') throw new Refusal('forbidden');
}

/** Refuses an asker whose session no longer counts. */
export function* reachUser(actor: Actor, now: number): Step<undefined> {
  checkSession(yield* sql.get<SessionRow>(queries.user, actor.session, actor.user), now);
}

/** Whether an asker's session still counts. */
export function* sessionStands(input: { actor: Actor; now: number }): Step<boolean> {
  try {
    yield* reachUser(input.actor, input.now);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Reaches what an operation is about, or refuses. `params` were validated: the ids named by `access` are in them. */
export function* reach(
  access: Access,
  actor: Actor | null,
  params: unknown,
  now: number,
): Step<ReachedBy[Access['who']]> {
  if (access.who === 'anyone') return undefined;
  if (!actor) throw new Refusal('unauthenticated');
  const ids = params as { space: string; room: string; message: string; file: string; invite: string; webhook: string };
  switch (access.who) {
    case 'user':
      return yield* reachUser(actor, now);
    case 'instance-owner':
      return yield* reachInstance(actor, now);
    case 'space':
      return yield* reachSpace(access, actor, ids.space, now);
    case 'room':
    case 'visible-room':
      return yield* reachRoom(access, actor, ids.room, now);
    case 'message':
      return yield* reachMessage(access, actor, ids.message, now);
    case 'reported-message':
      return yield* reachReported(actor, ids.message, now);
    case 'file':
      return yield* reachFile(access, actor, ids.file, now);
    case 'invite':
      return yield* reachInvite(actor, ids.invite, now);
    case 'webhook':
      return yield* reachWebhook(actor, ids.webhook, now);
  }
}
