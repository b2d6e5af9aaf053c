import type { AuditAction, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';
import type { Audited } from '../facts.ts';
import type { Transaction } from '../transaction.ts';

/** Has the record of the room's space keep what was done in it. Directs and groups have none. */
export function* auditRoom(
  tx: Transaction,
  room: ReachedRoom,
  by: UserId,
  action: AuditAction,
  more: Pick<Audited, 'user' | 'message' | 'reason' | 'detail'> = {},
): Step<void> {
  if (room.space !== null) {
    yield* tx.happened({ kind: 'audited', space: room.space, by, action, room: room.id, ...more });
  }
}
