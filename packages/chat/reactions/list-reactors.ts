import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { reactorsAfter } from './reaction-store.ts';

export const listReactors = operation({
  name: 'reaction.list',
  kind: 'read',
  access: { who: 'message', only: 'readers' },
  limit: 'read',
  *run({ reached }, { emoji, after, limit = limits.peoplePerPage }) {
    const users = yield* reactorsAfter(reached.id, emoji, after, limit + 1);
    return { users: users.slice(0, limit), more: users.length > limit };
  },
});
