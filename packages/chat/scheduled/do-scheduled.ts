import { reachRoomFor } from '../access.ts';
import type { JobHandler } from '../jobs/index.ts';
import { postAs } from '../messages/index.ts';
import { scheduledById } from './scheduled-store.ts';
import { keepScheduled, removeScheduled } from './tell-scheduled.ts';

/** Posts a message whose time has come, with what its author may do now; its client id makes it one message ([L2]). */
export const doScheduled: JobHandler<null> = {
  ids: 1,
  *run(tx, { subject }) {
    const found = yield* scheduledById(subject);
    if (!found) return;
    const { user, scheduled } = found;
    const { room, clientId, text, thread } = scheduled;
    const reached = yield* reachRoomFor(user, room);
    const { id } = yield* postAs(tx, user, reached, { clientId, text, ...(thread ? { thread } : {}) });
    yield* removeScheduled(tx, user, scheduled, id);
  },
  *gaveUp(tx, { subject }, code) {
    const found = yield* scheduledById(subject);
    if (found) yield* keepScheduled(tx, found.user, { ...found.scheduled, failed: code });
  },
};
