import type { ScheduledMessage } from '@confab/protocol';
import { checkDueAt } from '../due-time.ts';
import { setScheduledFiles } from '../files/index.ts';
import { operation } from '../operation.ts';
import { checkMessageText } from '../text.ts';
import { ownScheduled } from './own-scheduled.ts';
import { keepScheduled, planScheduled } from './tell-scheduled.ts';

/** What it says alone does not bring one back that failed: its time has passed. */
export const updateScheduled = operation({
  name: 'scheduled.update',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { scheduled: id, text, files, dueAt }) {
    const { files: had = [], ...before } = yield* ownScheduled(actor, id);
    if (text !== undefined || files !== undefined) {
      checkMessageText(text ?? before.text, (files ?? had).length > 0);
    }
    if (dueAt !== undefined) checkDueAt(dueAt, tx.now);
    const claim = { author: actor.user, room: before.room, scheduled: id };
    const has = files ? yield* setScheduledFiles(tx, claim, files) : had;
    const said: ScheduledMessage = {
      ...before,
      text: text ?? before.text,
      ...(has.length > 0 ? { files: has } : {}),
    };
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
