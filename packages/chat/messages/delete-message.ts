import { roomLog } from '@confab/protocol/ids.ts';
import { append, wipe } from '../log.ts';
import { operation } from '../operation.ts';
import { bury } from './message-store.ts';
import { messageOfReached } from './reached-message.ts';

export const deleteMessage = operation({
  name: 'message.delete',
  kind: 'write',
  access: { who: 'message', only: 'author-or-admin' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const message = messageOfReached(reached);
    if (reached.deletedAt !== null) return { message };
    const log = roomLog(reached.room.id);
    yield* bury(reached.id, tx.now);
    yield* wipe(log, reached.id);
    yield* append(tx, { log, name: 'message.deleted', by: actor.user, data: { id: reached.id }, subject: reached.id });
    return { message: { ...message, text: '', deletedAt: tx.now } };
  },
});
