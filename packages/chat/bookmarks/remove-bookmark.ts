import { inboxLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { deleteBookmark } from './bookmark-store.ts';

export const removeBookmark = operation({
  name: 'bookmark.remove',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor: { user }, tx }, { message }) {
    if (yield* deleteBookmark(user, message)) {
      yield* append(tx, { log: inboxLog(user), name: 'inbox.bookmark-removed', by: user, data: { message } });
    }
    return {};
  },
});
