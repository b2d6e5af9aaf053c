import type { ScheduledId, ScheduledMessage } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { checkDueAt } from '../due-time.ts';
import { setScheduledFiles } from '../files/index.ts';
import { checkedContext } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived } from '../rooms/index.ts';
import { checkMessageText } from '../text.ts';
import { scheduledOfUser } from './scheduled-store.ts';
import { planScheduled } from './tell-scheduled.ts';

export const createScheduled = operation({
  name: 'scheduled.create',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }, { clientId, text, files = [], dueAt, thread }) {
    const waiting = yield* scheduledOfUser(actor.user);
    const earlier = waiting.find((each) => each.room === reached.id && each.clientId === clientId);
    if (earlier) {
      const had = (earlier.files ?? []).map(({ id }) => id);
      if (earlier.text !== text || had.join() !== files.join()) throw new Refusal('client-id-reused');
      return { scheduled: earlier };
    }
    refuseIfArchived(reached);
    checkMessageText(text, files.length > 0);
    checkDueAt(dueAt, tx.now);
    if (waiting.length >= limits.scheduledPerPerson) {
      throw new Refusal('limit-reached', { limit: limits.scheduledPerPerson, what: 'scheduled messages' });
    }
    const context = yield* checkedContext(reached.id, thread ? { thread } : {});
    const id = tx.newId<ScheduledId>();
    const claim = { author: actor.user, room: reached.id, scheduled: id };
    const scheduled: ScheduledMessage = {
      id,
      room: reached.id,
      ...(context.thread ? { thread: context.thread } : {}),
      ...{ clientId, text, dueAt, createdAt: tx.now },
      ...(files.length > 0 ? { files: yield* setScheduledFiles(tx, claim, files) } : {}),
    };
    yield* planScheduled(tx, actor.user, scheduled);
    return { scheduled };
  },
});
