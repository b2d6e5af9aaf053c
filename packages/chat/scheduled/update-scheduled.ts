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
    const before = yield* ownScheduled(actor, id);
    const said = { ...before, text: text ?? before.text };
    const count = (files ?? before.files ?? []).length;
    if (text !== undefined || files !== undefined) checkMessageText(said.text, count > 0);
    if (dueAt !== undefined) checkDueAt(dueAt, tx.now);
    if (files !== undefined) {
      yield* setScheduledFiles(tx, { author: actor.user, room: before.room, scheduled: id }, files);
    }
    if (dueAt === undefined) return { scheduled: yield* keepScheduled(tx, actor.user, said) };
    const { failed: _, ...waiting } = said;
    return { scheduled: yield* planScheduled(tx, actor.user, { ...waiting, dueAt }) };
  },
});
