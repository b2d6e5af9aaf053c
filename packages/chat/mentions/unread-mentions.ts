import type { MessageId, ThreadMention } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';

/**
 * As a column of a query over rooms `r` and the asker's `room_members rm`: the newest unread messages that mention the
 * asker, by name or with everyone. What was written by oneself never does.
 */
export const unreadMentions = `(SELECT string_agg(CAST(x.seq AS TEXT), ' ') FROM (
  SELECT n.seq FROM mentions n
    WHERE n.user_id = rm.user_id AND n.room_id = r.id AND n.seq > rm.read_seq AND n.thread IS NULL
  UNION SELECT a.seq FROM room_mentions a WHERE a.room_id = r.id AND a.seq > rm.read_seq AND a.author <> rm.user_id
    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.user_id = rm.user_id AND b.blocked = a.author)
  ORDER BY 1 DESC LIMIT ${limits.shownMentions}) x)`;

/** As a column of such a query: those of replies that show in their thread alone, as `seq:thread:index`. */
export const unreadInThreads = `(SELECT string_agg(CAST(x.seq AS TEXT) || ':' || x.thread || ':' || CAST(x.thread_index AS TEXT), ' ')
  FROM (SELECT n.seq, n.thread, n.thread_index FROM mentions n
    WHERE n.user_id = rm.user_id AND n.room_id = r.id AND n.thread_unread = 1
    ORDER BY n.seq DESC LIMIT ${limits.shownMentions}) x)`;

/** What such a column holds, ascending. */
export function threadMentionsIn(column: string | null): ThreadMention[] {
  const rows = column === null ? [] : column.split(' ');
  const mentions = rows.map((row) => {
    const [seq, thread, index] = row.split(':');
    return { seq: Number(seq), thread: thread as MessageId, index: Number(index) };
  });
  return mentions.sort((a, b) => a.seq - b.seq);
}
