import type { MessageId, ScheduledId, UserId } from '@confab/protocol';
import { sql } from '@confab/storage';
import { personById } from '../accounts/index.ts';
import { blocksOf } from '../blocks/index.ts';
import { exportedFilesOf, exportedFilesOfScheduled } from '../files/index.ts';
import { emailOf } from '../mail/index.ts';
import { pictureBy } from '../pictures/index.ts';
import { roomsOf } from '../rooms/index.ts';
import { settingsOf } from '../settings/index.ts';
import { spacesOf } from '../spaces/index.ts';
import { type ExportSteps, pieceOf, rowsPerPiece } from './export-step.ts';

/** Rows that are somebody's, in the order of `key`. Parameters: the person, the key of the last row before, how many. */
const ownRows = {
  sessions: `SELECT id AS key, agent, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM sessions
    WHERE user_id = ? AND id > ? AND revoked_at IS NULL ORDER BY id LIMIT ?`,
  reactions: `SELECT message_id || ' ' || emoji AS key, message_id AS message, emoji FROM reactions
    WHERE user_id = ? AND message_id || ' ' || emoji > ? ORDER BY message_id || ' ' || emoji LIMIT ?`,
  bookmarks: `SELECT message_id AS key, message_id AS message, room_id AS room, at, note FROM bookmarks
    WHERE user_id = ? AND message_id > ? ORDER BY message_id LIMIT ?`,
  drafts: `SELECT room_id || ' ' || thread AS key, room_id AS room, thread, text, at FROM drafts
    WHERE user_id = ? AND room_id || ' ' || thread > ? AND text <> '' ORDER BY room_id || ' ' || thread LIMIT ?`,
  reminders: `SELECT message_id AS key, message_id AS message, room_id AS room, due_at AS "dueAt" FROM reminders
    WHERE user_id = ? AND message_id > ? ORDER BY message_id LIMIT ?`,
  pins: `SELECT message_id AS key, message_id AS message, room_id AS room, pinned_at AS at FROM pins
    WHERE pinned_by = ? AND message_id > ? ORDER BY message_id LIMIT ?`,
  votes: `SELECT message_id || ' ' || choice AS key, message_id AS message, choice AS "option" FROM poll_votes
    WHERE user_id = ? AND message_id || ' ' || choice > ? ORDER BY message_id || ' ' || choice LIMIT ?`,
  sections: `SELECT id AS key, id, space_id AS space, name, place FROM sections
    WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?`,
  places: `SELECT room_id AS key, room_id AS room, section_id AS section, favourite FROM room_places
    WHERE user_id = ? AND room_id > ? ORDER BY room_id LIMIT ?`,
} as const;

function rowsStep(query: string): ExportSteps[string] {
  return function* (_tx, { user, after }) {
    return pieceOf(yield* sql.all<{ key: string }>(query, user, after, rowsPerPiece));
  };
}

interface OwnMessage {
  key: string;
  id: MessageId;
  thread: string | null;
  details: string | null;
  text: string;
  postedAt: number;
  editedAt: number | null;
}

/** The next room in which somebody wrote, whether they are still in it or not. */
function* roomAfter(user: UserId, room: string) {
  const row = yield* sql.get<{ id: string }>(
    `SELECT r.id FROM rooms r WHERE r.id > ? AND EXISTS (SELECT 1 FROM messages m WHERE m.room_id = r.id AND m.author = ?)
     ORDER BY r.id LIMIT 1`,
    room,
    user,
  );
  return row?.id;
}

/** What one wrote, room by room; what others said there is theirs. `after`: a room and the last message of it. */
const messages: ExportSteps[string] = function* (_tx, { user, after }) {
  const [before = '', last = ''] = after.split(' ');
  const room = last === '' ? yield* roomAfter(user, before) : before;
  if (room === undefined) return { after: null };
  const rows = yield* sql.all<OwnMessage>(
    `SELECT id AS key, id, thread, details, text, posted_at AS "postedAt", edited_at AS "editedAt" FROM messages
     WHERE room_id = ? AND author = ? AND id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?`,
    room,
    user,
    last,
    rowsPerPiece,
  );
  const files = yield* exportedFilesOf(rows.map(({ id }) => id));
  const own = rows.map(({ key: _, details, thread, ...row }) => ({
    ...row,
    ...(files.has(row.id) ? { files: files.get(row.id) } : {}),
    ...(thread === null ? {} : { thread }),
    ...(details !== null && (JSON.parse(details) as { style?: string }).style === 'me' ? { style: 'me' } : {}),
  }));
  const next = rows.length < rowsPerPiece ? room : `${room} ${rows.at(-1)?.id ?? ''}`;
  return { ...(own.length > 0 ? { data: { room, messages: own } } : {}), after: next };
};

interface OwnScheduled {
  key: ScheduledId;
  room: string;
  thread: string | null;
  text: string;
  dueAt: number;
  createdAt: number;
}

/** What waits to be posted, with its files. */
const scheduled: ExportSteps[string] = function* (_tx, { user, after }) {
  const rows = yield* sql.all<OwnScheduled>(
    `SELECT id AS key, room_id AS room, thread, text, due_at AS "dueAt", created_at AS "createdAt"
     FROM scheduled_messages WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?`,
    user,
    after,
    rowsPerPiece,
  );
  const files = yield* exportedFilesOfScheduled(rows.map(({ key }) => key));
  return pieceOf(rows.map((row) => ({ ...row, ...(files.has(row.key) ? { files: files.get(row.key) } : {}) })));
};

/** Everything that is somebody's own. Nothing that others said or keep is in it. */
export const accountSteps: ExportSteps = {
  *account(_tx, { user }) {
    const spaces = yield* spacesOf(user);
    const person = yield* personById(user);
    const data = {
      person,
      ...(person.picture ? { picture: yield* pictureBy(person.picture) } : {}),
      email: (yield* emailOf(user))?.address ?? null,
      settings: yield* settingsOf(user),
      spaces: spaces.map(({ id, name, role }) => ({ id, name, role })),
      blocked: (yield* blocksOf(user)).map((block) => block.user),
    };
    return { data, after: null };
  },
  *rooms(_tx, { user }) {
    const rooms = yield* roomsOf(user);
    const own = rooms.map(({ info, membership }) => ({ id: info.id, kind: info.kind, name: info.name, membership }));
    return { data: own, after: null };
  },
  messages,
  scheduled,
  ...Object.fromEntries(Object.entries(ownRows).map(([name, query]) => [name, rowsStep(query)])),
};
