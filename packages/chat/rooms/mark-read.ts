import { inboxLog, roomLog } from '@confab/protocol/ids.ts';
import { sql } from '@confab/storage';
import { append, positionOf } from '../log.ts';
import { operation } from '../operation.ts';
import { moveReadCursor } from './room-member-store.ts';

/**
 * Moves the read cursor and tells one's other devices. Posting moves the cursor without telling them, to keep the most
 * frequent operation small: so a mark at one's own post, where the cursor stands already, is told nevertheless.
 */
export const markRead = operation({
  name: 'room.mark-read',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const { readSeq = 0, readCount = 0 } = reached.membership ?? {};
    if (params.seq < readSeq) return { readSeq, readCount };
    const log = roomLog(reached.id);
    const seq = Math.min(params.seq, (yield* positionOf(log))?.seq ?? 0);
    const event = yield* sql.get<{ count: number; author: string | null; name: string }>(
      'SELECT count, author, name FROM events WHERE log = ? AND seq = ?',
      log,
      seq,
    );
    const ownPost = event?.name === 'message.posted' && event.author === actor.user;
    if (!event || (seq === readSeq && !ownPost)) return { readSeq, readCount };
    yield* moveReadCursor(reached.id, actor.user, seq, event.count);
    const read = { readSeq: seq, readCount: event.count };
    const data = { room: reached.id, ...read };
    yield* append(tx, { log: inboxLog(actor.user), name: 'inbox.read', by: actor.user, data });
    return read;
  },
});
