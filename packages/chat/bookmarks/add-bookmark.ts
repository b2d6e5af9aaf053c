import type { Bookmark } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { oneLine } from '../text.ts';
import { bookmarkOn, countBookmarks, putBookmark } from './bookmark-store.ts';

export const addBookmark = operation({
  name: 'bookmark.add',
  kind: 'write',
  access: { who: 'message', only: 'readers' },
  limit: 'write',
  *run({ actor: { user }, reached, tx }, { message, note }) {
    if (reached.deletedAt !== null) throw new Refusal('message-deleted');
    const before = yield* bookmarkOn(user, message);
    const said = note === undefined ? (before?.note ?? '') : oneLine(note);
    if (before?.note === said) return { bookmark: before };
    if (!before && (yield* countBookmarks(user)) >= limits.bookmarksPerPerson) {
      throw new Refusal('limit-reached', { limit: limits.bookmarksPerPerson, what: 'saved messages' });
    }
    const bookmark: Bookmark = { message, room: reached.room.id, at: before?.at ?? tx.now, note: said };
    yield* putBookmark(user, bookmark);
    yield* append(tx, { log: inboxLog(user), name: 'inbox.bookmark-added', by: user, data: bookmark });
    return { bookmark };
  },
});
