import type { Settings } from '@confab/protocol';
import { decideNotification, type Notification } from '@confab/protocol/decide-notification.ts';
import type { Candidate, Rung } from './audience.ts';

interface Standing {
  readonly candidate: Candidate;
  readonly settings: Settings;
  readonly blocks: boolean;
  readonly now: number;
}

/** What a message is to somebody, as the server knows both. */
export function decideFor(rung: Rung, { candidate, settings, blocks, now }: Standing): Notification {
  const { user: me, notify, mutedUntil, named, follows } = candidate;
  const { author, deletedAt, thread, alsoInRoom, mentionsAll } = rung;
  return decideNotification({
    ...{ me, named, follows, settings, blocks, now, kind: rung.kind },
    message: {
      ...{ author, deletedAt },
      ...(thread === null ? {} : { thread }),
      ...(thread !== null && alsoInRoom ? { alsoInRoom: true } : {}),
      ...(mentionsAll ? { mentionsAll } : {}),
    },
    membership: notify === null ? null : { notify, mutedUntil },
  });
}
