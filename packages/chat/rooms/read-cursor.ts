import type { ReadCursor, RoomId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { roomAsSeenBy } from './room-store.ts';

/** How far a member has read now, as the answer to a command tells it. */
export function* readCursor(user: UserId, room: RoomId): Step<ReadCursor> {
  const { membership, position } = yield* roomAsSeenBy(user, room);
  const { readSeq = 0, readCount = 0, rewinds = 0 } = membership ?? {};
  return { readSeq, readCount, rewinds, atSeq: position.seq };
}
