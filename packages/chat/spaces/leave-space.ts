import type { SpaceId, UserId } from '@confab/protocol';
import { inboxLog, spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { deleteMember } from './space-store.ts';

/** Takes a member out of a space and its rooms, and tells the space and the person. */
export function* leaveSpace(tx: Transaction, space: SpaceId, user: UserId, by: UserId): Step<void> {
  // The rooms first: what hangs on the membership is told while it still stands.
  yield* tx.happened<'space-left'>({ kind: 'space-left', space, user, by });
  yield* deleteMember(space, user);
  yield* append(tx, { log: spaceLog(space), name: 'space.member-left', by, data: { user } });
  yield* append(tx, { log: inboxLog(user), name: 'inbox.space-removed', by, data: { space } });
  tx.revokeLog(user, spaceLog(space));
}
