import { inboxLog, roomLog } from '@confab/protocol/ids.ts';
import { sql } from '@confab/storage';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { readCursor } from './read-cursor.ts';
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
    const readSeq = reached.membership?.readSeq ?? 0;
    const cursor = yield* readCursor(actor.user, reached.id);
    const isOld = params.rewinds !== undefined && params.rewinds !== cursor.rewinds;
    if (params.seq < readSeq || isOld) return cursor;
    const seq = Math.min(params.seq, cursor.atSeq);
    const event = yield* sql.get<{ count: number; author: string | null; name: string }>(
      'SELECT count, author, name FROM events WHERE log = ? AND seq = ?',
      roomLog(reached.id),
      seq,
    );
    const ownPost = event?.name === 'message.posted' && event.author === actor.user;
    if (!event || (seq === readSeq && !ownPost)) return cursor;
    yield* moveReadCursor(reached.id, actor.user, seq, event.count);
    const read = yield* readCursor(actor.user, reached.id);
    yield* tx.happened<'room-read'>({ kind: 'room-read', room: reached.id, user: actor.user, seq });
    const data = { room: reached.id, ...read };
    yield* append(tx, { log: inboxLog(actor.user), name: 'inbox.read', by: actor.user, data });
    return read;
  },
});
