import { roomLog } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import { append, retell } from '../log.ts';
import { operation } from '../operation.ts';
import { bury } from './message-store.ts';
import { messageOfReached } from './reached-message.ts';
import { dropVersions } from './version-store.ts';

export const deleteMessage = operation({
  name: 'message.delete',
  kind: 'write',
  access: { who: 'message', only: 'author-or-moderator' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const message = messageOfReached(reached);
    if (reached.deletedAt !== null) return { message };
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
    const data = { id: reached.id, ...place };
    yield* append(tx, { log, name: 'message.deleted', by: actor.user, data, subject: reached.id });
    yield* tx.happened({ kind: 'message-deleted', message: reached.id, room: reached.room.id });
    const { quote: _, style: __, mentions: ___, mentionedGroups: ____, mentionsAll: _____, ...rest } = message;
    return { message: { ...rest, text: '', deletedAt: tx.now } };
  },
});
