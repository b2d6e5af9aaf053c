import type { Message, MessageId, RoomId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import { reachRoomFor } from '../access.ts';
import { peopleByIds } from '../accounts/index.ts';
import { type ExportedFile, exportedFilesOf } from '../files/index.ts';
import { messagesInAnyRoom } from '../messages/index.ts';
import { isAtLeast } from '../roles.ts';
import { infoOf, membersOfRoom } from '../rooms/index.ts';
import { type ExportSteps, pieceOf, rowsPerPiece } from './export-step.ts';
import type { Making } from './export-store.ts';

/** Each piece is made with the rights that its owner has then. */
function* reach({ user, export: { room } }: Making) {
  const reached = yield* reachRoomFor(user, room as RoomId);
  if (!isAtLeast(reached.role, 'admin')) throw new Refusal('forbidden');
  return reached;
}

interface PostedRow {
  seq: number;
  message: MessageId;
}

function* postedAfter(room: RoomId, seq: number): Step<PostedRow[]> {
  return yield* sql.all<PostedRow>(
    `SELECT seq, subject AS message FROM events WHERE log = ? AND seq > ? AND name = 'message.posted' ORDER BY seq LIMIT ?`,
    roomLog(room),
    seq,
    rowsPerPiece,
  );
}

/** As nobody in particular sees it: what only the asker knows is left out. */
function forAnyone({ reactions, clientId: _, room: __, files: ___, ...message }: Message, files?: ExportedFile[]) {
  const shown = reactions?.map(({ mine: ____, ...reaction }) => reaction);
  return { ...message, ...(shown ? { reactions: shown } : {}), ...(files ? { files } : {}) };
}

/** A room: what it is, who is in it, everything that was said. */
export const roomSteps: ExportSteps = {
  *room(_tx, making) {
    return { data: infoOf(yield* reach(making)), after: null };
  },
  *members(_tx, making) {
    const { id } = yield* reach(making);
    const members = yield* membersOfRoom(id, making.after, rowsPerPiece);
    return pieceOf(
      members.map(({ person: { id: user, handle, name }, role, joinedAt }) => {
        return { key: user, id: user, handle, name, role, joinedAt };
      }),
    );
  },
  *messages(tx, making) {
    const { id } = yield* reach(making);
    const posted = yield* postedAfter(id, Number(making.after));
    if (posted.length === 0) return { after: null };
    const found = yield* messagesInAnyRoom(posted.map(({ message }) => message));
    const messages = yield* tx.withParts(
      making.user,
      found.sort((a, b) => a.seq - b.seq),
    );
    const people = yield* peopleByIds([...new Set(messages.map(({ author }) => author))]);
    const names = people.map(({ id: user, handle, name }) => ({ id: user, handle, name }));
    const files = yield* exportedFilesOf(messages.map((message) => message.id));
    const all = messages.map((message) => forAnyone(message, files.get(message.id)));
    const after = posted.length < rowsPerPiece ? null : `${posted.at(-1)?.seq ?? 0}`;
    return { data: { people: names, messages: all }, after };
  },
};
