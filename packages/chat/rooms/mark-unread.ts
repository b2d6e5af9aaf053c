import { roomLog } from '@confab/protocol/ids.ts';
import { sql } from '@confab/storage';
import { positionOf } from '../log.ts';
import { operation } from '../operation.ts';
import { readCursor } from './read-cursor.ts';
import { rewindReadCursor } from './room-member-store.ts';
import { tellMembership } from './tell-membership.ts';

/** Moves the read cursor to before `seq`, at most to the head: the only way for it to move back. */
export const markUnread = operation({
  name: 'room.mark-unread',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const log = roomLog(reached.id);
    const seq = Math.min(params.seq - 1, (yield* positionOf(log))?.seq ?? 0);
    const event = yield* sql.get<{ count: number }>('SELECT count FROM events WHERE log = ? AND seq = ?', log, seq);
    yield* rewindReadCursor(reached.id, actor.user, seq, event?.count ?? 0);
    yield* tellMembership(tx, actor.user, reached.id);
    return yield* readCursor(actor.user, reached.id);
  },
});
