import type { RoomId, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { roomAsSeenBy } from './room-store.ts';

/** Tells someone's devices what is theirs about a room now, after a command changed it. */
export function* tellMembership(tx: Transaction, user: UserId, room: RoomId): Step<void> {
  const { membership, position } = yield* roomAsSeenBy(user, room);
  if (membership === null) return;
  const data = { room, membership, atSeq: position.seq };
  yield* append(tx, { log: inboxLog(user), name: 'inbox.membership-changed', by: user, data });
}
