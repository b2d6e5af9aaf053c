import type { ClientId, Message, MessageId, RoomId, UserId } from '@confab/protocol';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import { type Step, sql } from '@confab/storage';
import { type ContextColumns, contextOf, detailsOf } from '../post-context.ts';

interface MessageRow extends ContextColumns {
  id: MessageId;
  room_id: RoomId;
  seq: number;
  author: UserId;
  client_id: ClientId;
  text: string;
  posted_at: number;
  edited_at: number | null;
  deleted_at: number | null;
}

export interface EarlierSend {
  readonly id: MessageId;
  readonly seq: number;
  readonly digest: string;
  readonly postedAt: number;
}

const columns = 'id, room_id, seq, author, client_id, text, posted_at, edited_at, deleted_at, thread, in_room, details';

const messageOf = (row: MessageRow): Message => ({
  id: row.id,
  room: row.room_id,
  seq: row.seq,
  author: row.author,
  clientId: row.client_id,
  text: row.text,
  postedAt: row.posted_at,
  editedAt: row.edited_at,
  deletedAt: row.deleted_at,
  ...contextOf(row),
});

/** The message that this send made before, if it is a repetition ([L2]). */
export function* earlierSend(room: RoomId, author: UserId, clientId: ClientId): Step<EarlierSend | undefined> {
  return yield* sql.get<EarlierSend>(
    `SELECT id, seq, digest, posted_at AS "postedAt" FROM messages WHERE room_id = ? AND author = ? AND client_id = ?`,
    room,
    author,
    clientId,
  );
}

/** The room that a message stands in, whoever asks; `undefined` when there is no such message. */
export function* roomOfMessage(message: MessageId): Step<RoomId | undefined> {
  const row = yield* sql.get<{ room: RoomId }>('SELECT room_id AS room FROM messages WHERE id = ?', message);
  return row?.room;
}

export function* insertMessage(message: Message, digest: string): Step<void> {
  yield* sql.send(
    `INSERT INTO messages (id, room_id, seq, author, client_id, digest, text, posted_at, thread, in_room, details)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.id,
    message.room,
    message.seq,
    message.author,
    message.clientId,
    digest,
    message.text,
    message.postedAt,
    message.thread ?? null,
    showsInRoom(message) ? 1 : 0,
    detailsOf(message),
  );
}

/** What an edit changes: the text, and whom it names. */
export function* setText(message: Message, editedAt: number): Step<void> {
  yield* sql.send(
    'UPDATE messages SET text = ?, details = ?, edited_at = ? WHERE id = ?',
    message.text,
    detailsOf(message),
    editedAt,
    message.id,
  );
}

/** Leaves a tombstone. The digest goes too: it would let a guess at a short text be confirmed. */
export function* bury(message: MessageId, deletedAt: number): Step<void> {
  yield* sql.send(
    "UPDATE messages SET text = '', digest = '', details = NULL, deleted_at = ? WHERE id = ?",
    deletedAt,
    message,
  );
}

/** Where a timeline's messages are: the room, or one thread in it. */
export interface Place {
  readonly room: RoomId;
  readonly thread?: MessageId | undefined;
}

/** At most `limit` messages with a seq in [from, to]: the last ones for `backward`, otherwise the first. Ascending. */
export function* messagesBetween(
  { room, thread }: Place,
  from: number,
  to: number,
  limit: number,
  backward: boolean,
): Step<Message[]> {
  const which = thread === undefined ? 'in_room = 1' : 'thread = ?';
  const rows = yield* sql.all<MessageRow>(
    `SELECT ${columns} FROM messages WHERE room_id = ? AND ${which} AND seq >= ? AND seq <= ?
     ORDER BY seq ${backward ? 'DESC' : 'ASC'} LIMIT ?`,
    room,
    ...(thread === undefined ? [] : [thread]),
    from,
    to,
    limit,
  );
  const messages = rows.map(messageOf);
  return backward ? messages.reverse() : messages;
}

/** Messages by id, whichever room they are in, in no order: for those whose right to see them was asked for before. */
export function* messagesInAnyRoom(ids: readonly MessageId[]): Step<Message[]> {
  if (ids.length === 0) return [];
  return (yield* sql.all<MessageRow>(`SELECT ${columns} FROM messages WHERE id = ANY (?)`, ids)).map(messageOf);
}

/** The newest reply to each of these messages. */
export function* newestReplies(roots: readonly MessageId[]): Step<Message[]> {
  if (roots.length === 0) return [];
  const rows = yield* sql.all<MessageRow>(
    `SELECT ${columns} FROM messages WHERE thread = ANY (?)
       AND seq = (SELECT last_seq FROM threads WHERE root = messages.thread)`,
    roots,
  );
  return rows.map(messageOf);
}

/** Messages of a room by id, in no order; those that are not there are left out. */
export function* messagesByIds(room: RoomId, ids: readonly MessageId[]): Step<Message[]> {
  if (ids.length === 0) return [];
  const rows = yield* sql.all<MessageRow>(
    `SELECT ${columns} FROM messages WHERE id = ANY (?) AND room_id = ?`,
    ids,
    room,
  );
  return rows.map(messageOf);
}
