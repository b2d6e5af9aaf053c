import type { Message, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import type { Step } from '@confab/storage';
import type { ReachedMessage } from '../access.ts';
import { append, retell } from '../log.ts';
import { auditRoom } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { bury } from './message-store.ts';
import { messageOfReached } from './reached-message.ts';
import { dropVersions } from './version-store.ts';

/** Wipes a message for everybody ([L13]). `reason`: of a moderator. Doing so twice changes nothing. */
export function* removeMessage(
  tx: Transaction,
  by: UserId,
  reached: ReachedMessage,
  reason: string | undefined,
): Step<Message> {
  const message = messageOfReached(reached);
  if (reached.deletedAt !== null) return message;
  const log = roomLog(reached.room.id);
  yield* bury(reached.id, tx.now);
  yield* dropVersions(reached.id);
  // From now on nobody is told what it said, by whichever event it was.
  yield* retell(log, reached.id, 'message.posted', {
    ...{ id: reached.id, clientId: message.clientId, text: '' },
    ...(message.thread ? { thread: message.thread } : {}),
    ...(message.alsoInRoom ? { alsoInRoom: message.alsoInRoom } : {}),
  });
  if (reached.editedAt !== null) yield* retell(log, reached.id, 'message.edited', { id: reached.id, text: '' });
  const place = { postedSeq: reached.seq, ...(showsInRoom(message) ? {} : { inThread: true as const }) };
  yield* append(tx, { log, name: 'message.deleted', by, data: { id: reached.id, ...place }, subject: reached.id });
  yield* tx.happened({ kind: 'message-deleted', message: reached.id, room: reached.room.id });
  if (by !== reached.author) {
    const about = { user: reached.author, message: reached.id, ...(reason ? { reason } : {}) };
    yield* auditRoom(tx, reached.room, by, 'message-deleted', about);
  }
  const { quote: _, style: __, mentions: ___, mentionedGroups: ____, mentionsAll: _____, ...rest } = message;
  return { ...rest, text: '', deletedAt: tx.now };
}
