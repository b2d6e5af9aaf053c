import { keptMessages } from '../kept-messages.ts';
import { operation } from '../operation.ts';
import { bookmarksAfter } from './bookmark-store.ts';

const defaultLimit = 50;

export const listBookmarks = operation({
  name: 'bookmark.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, tx }, { after, limit = defaultLimit }) {
    const found = yield* bookmarksAfter(actor.user, after, limit + 1);
    const page = found.slice(0, limit);
    const ids = page.map(({ message }) => message);
    const { messages, people } = yield* keptMessages(tx, actor.user, ids);
    const bookmarks = page.flatMap((bookmark) => {
      const message = messages.get(bookmark.message);
      return message ? [{ bookmark, message }] : [];
    });
    return { bookmarks, people, more: found.length > limit };
  },
});
