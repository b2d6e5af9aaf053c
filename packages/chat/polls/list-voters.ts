import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { votersAfter } from './poll-store.ts';
import { reachedPoll } from './reached-poll.ts';

export const listVoters = operation({
  name: 'poll.voters',
  kind: 'read',
  access: { who: 'message', only: 'readers' },
  limit: 'read',
  *run({ reached }, { option, after, limit = limits.peoplePerPage }) {
    const { terms, closedAt } = yield* reachedPoll(reached);
    if (terms.anonymous || (terms.hidden && closedAt === null)) throw new Refusal('forbidden');
    const users = yield* votersAfter(reached.id, option, after, limit + 1);
    return { users: users.slice(0, limit), more: users.length > limit };
  },
});
