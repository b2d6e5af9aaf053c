import type { UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { type ReachedRoom, reachRoomFor } from '../access.ts';
import type { JobHandler } from '../jobs/index.ts';
import type { Online } from '../mentions/index.ts';
import { postAs } from '../messages/index.ts';
import { rewindReadCursor, roomAsSeenBy, tellMembership } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { scheduledById } from './scheduled-store.ts';
import { keepScheduled, removeScheduled } from './tell-scheduled.ts';

/** Posting reads what stands above; whoever is posted for may not be there, and what was unread stays so. */
function* withoutReading<T>(tx: Transaction, user: UserId, { id, membership }: ReachedRoom, post: Step<T>): Step<T> {
  const before = yield* roomAsSeenBy(user, id);
  const posted = yield* post;
  const unread = before.position.count - (before.membership?.readCount ?? 0);
  if (membership === null || unread === 0) return posted;
  const after = yield* roomAsSeenBy(user, id);
  if (after.membership?.readSeq === membership.readSeq) return posted;
  yield* rewindReadCursor(id, user, membership.readSeq, membership.readCount);
  yield* tellMembership(tx, user, id);
  return posted;
}

/** Posts a message whose time has come, with what its author may do now; its client id makes it one message ([L2]). */
export const doScheduled: JobHandler<null> = {
  ids: 1,
  asksWhoIsOnline: true,
  *run(tx, { subject }, online) {
    const found = yield* scheduledById(subject);
    if (!found) return;
    const { user, scheduled } = found;
    const { id: own, room, clientId, text, thread } = scheduled;
    const files = scheduled.files?.map((file) => file.id);
    const reached = yield* reachRoomFor(user, room);
    const said = { clientId, text, ...(files ? { files } : {}), ...(thread ? { thread } : {}), scheduled: own };
    const post = postAs(tx, user, reached, said, online as Online);
    const { id } = yield* withoutReading(tx, user, reached, post);
    yield* removeScheduled(tx, user, scheduled, id);
  },
  *gaveUp(tx, { subject }, code) {
    const found = yield* scheduledById(subject);
    if (found) yield* keepScheduled(tx, found.user, { ...found.scheduled, failed: code });
  },
};
