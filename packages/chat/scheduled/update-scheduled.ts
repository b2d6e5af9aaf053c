import type { ScheduledMessage } from '@confab/protocol';
import { checkDueAt } from '../due-time.ts';
import { operation } from '../operation.ts';
import { checkMessageText } from '../text.ts';
import { ownScheduled } from './own-scheduled.ts';
import { keepScheduled, planScheduled } from './tell-scheduled.ts';

/** Its text alone does not bring one back that failed: its time has passed. */
export const updateScheduled = operation({
  name: 'scheduled.update',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { scheduled: id, text, dueAt }) {
    const before = yield* ownScheduled(actor, id);
    if (text !== undefined) checkMessageText(text);
    if (dueAt !== undefined) checkDueAt(dueAt, tx.now);
    const said: ScheduledMessage = { ...before, text: text ?? before.text };
    if (dueAt === undefined) {
      yield* keepScheduled(tx, actor.user, said);
      return { scheduled: said };
    }
    const { failed: _, ...waiting } = said;
    const scheduled = { ...waiting, dueAt };
    yield* planScheduled(tx, actor.user, scheduled);
    return { scheduled };
  },
});
