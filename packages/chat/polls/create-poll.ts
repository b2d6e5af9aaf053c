import type { PollTerms } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { checkDueAt } from '../due-time.ts';
import { scheduleJob } from '../jobs/index.ts';
import { postAs } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { insertPoll } from './poll-store.ts';

/** Two that read the same could not be told apart. */
function checkOptions({ options }: PollTerms): void {
  const read = options.map((option) => option.trim().normalize('NFKC').toLowerCase());
  if (new Set(read).size < read.length) {
    throw new Refusal('invalid-params', { path: '/poll/options', problem: 'two options are the same' });
  }
}

export const createPoll = operation({
  name: 'poll.create',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'post',
  ids: 1,
  *run({ actor, reached, tx }, { room: _, poll: asked, ...said }) {
    checkOptions(asked);
    const poll = { ...asked, options: asked.options.map((option) => option.trim()) };
    const posted = yield* postAs(tx, actor.user, reached, { ...said, poll });
    const { id } = posted;
    if (yield* insertPoll(id, poll)) {
      const { closesAt } = poll;
      if (closesAt !== undefined) {
        checkDueAt(closesAt, tx.now);
        yield* scheduleJob(tx, { kind: 'poll-close', subject: id, lane: reached.id, dueAt: closesAt, data: null });
      }
    }
    return { id, epoch: posted.epoch, seq: posted.seq, postedAt: posted.postedAt };
  },
});
