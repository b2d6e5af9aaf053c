import type { TimelineItem } from '@confab/client';
import type { Notice, UserId } from '@confab/protocol';
import { startOfDay } from './format-time.ts';
import { goesOn, type NoticeGroup } from './notice-groups.ts';

export type MessageItem = Extract<TimelineItem, { kind: 'message' | 'pending' }>;

interface Dividers {
  /** A day begins here (Unix ms of its midnight); `null` when it goes on. */
  day: number | null;
  /** The “new messages” line stands above this row. */
  unread: boolean;
}

export type Row =
  | { kind: 'welcome'; key: string }
  /** `first`: begins a group of one author's messages, so it shows who and when. */
  | ({ kind: 'message'; key: string; item: MessageItem; first: boolean } & Dividers)
  /** Its key is that of its last notice, so that it stays the same when more of the group is loaded above. */
  | ({ kind: 'notice'; key: string; notices: NoticeGroup } & Dividers);

/** Messages of one author further apart than this stand in groups of their own. */
const groupWithinMs = 5 * 60_000;

interface Loaded {
  items: readonly TimelineItem[];
  earlier: boolean;
  readUpTo: number | null;
  /** What stands above the first item and tells its own day. */
  root?: { readonly message: { readonly postedAt: number } } | null;
}

/** The rows of the items, in the same order, and the welcome above the very first. `me` writes what is pending. */
export function timelineRows({ items: loaded, earlier, readUpTo, root = null }: Loaded, me: UserId): Row[] {
  const items = loaded.filter((item) => item.kind !== 'notice' || !isBeginningOfDirect(item.notice));
  const unreadKey = firstUnreadKey(items, readUpTo, me);
  const rootDay = root === null ? null : startOfDay(root.message.postedAt);
  const rows: Row[] = earlier ? [] : [{ kind: 'welcome', key: 'welcome' }];
  items.forEach((item, index) => {
    const before = items[index - 1];
    const start = startOfDay(timeOf(item));
    // Above the first loaded item there may be more of the same day, unless it is the first of all.
    const newDay = before === undefined ? !earlier && start !== rootDay : startOfDay(timeOf(before)) !== start;
    const dividers = { day: newDay ? start : null, unread: item.key === unreadKey };
    const above = rows.at(-1);
    if (item.kind === 'notice' && above?.kind === 'notice' && !newDay && goesOn(above.notices, item.notice)) {
      rows[rows.length - 1] = { ...above, key: item.key, notices: [...above.notices, item.notice] };
    } else if (item.kind === 'notice') {
      rows.push({ kind: 'notice', key: item.key, notices: [item.notice], ...dividers });
    } else {
      const first = newDay || dividers.unread || !continues(before, item, me);
      rows.push({ kind: 'message', key: item.key, item, first, ...dividers });
    }
  });
  return rows;
}

/**
 * The rows that stay as they are when more loads above. How the first row looks hangs on what comes before it (whether it
 * says who writes, how many notices it gathers), so it shows once that is known: nothing on the screen changes its height.
 */
export function settledRows(rows: readonly Row[], earlier: boolean): readonly Row[] {
  return earlier && rows.length > 1 ? rows.slice(1) : rows;
}

/** Nobody makes a direct: two people have one, so there is nothing to tell. */
function isBeginningOfDirect({ event, data }: Notice): boolean {
  return event === 'room.created' && (data as { room?: { kind?: unknown } } | undefined)?.room?.kind === 'direct';
}

function continues(before: TimelineItem | undefined, item: MessageItem, me: UserId): boolean {
  if (before === undefined || before.kind === 'notice') return false;
  return authorOf(before, me) === authorOf(item, me) && timeOf(item) - timeOf(before) <= groupWithinMs;
}

/** The divider stands above what someone else wrote; one's own messages are never new to oneself. */
function firstUnreadKey(items: readonly TimelineItem[], readUpTo: number | null, me: UserId): string | null {
  if (readUpTo === null) return null;
  for (const item of items) {
    if (item.kind === 'message' && item.message.seq > readUpTo && item.message.author !== me) return item.key;
  }
  return null;
}

export function authorOf(item: MessageItem, me: UserId): UserId {
  return item.kind === 'pending' ? me : item.message.author;
}

/** Unix milliseconds. */
export function timeOf(item: TimelineItem): number {
  if (item.kind === 'message') return item.message.postedAt;
  return item.kind === 'pending' ? item.queuedAt : item.notice.at;
}

/**
 * The row of a position on the log: the message or notice itself or, where it has none, the next after it. -1 when the
 * position lies outside of what is loaded; `earlier` says whether anything lies before the first row.
 */
export function rowIndexOfSeq(rows: readonly Row[], seq: number, earlier: boolean): number {
  const index = rows.findIndex((row) => (seqsOf(row)?.[1] ?? -1) >= seq);
  const before = earlier && index === 0 && seq < (seqsOf(rows[0])?.[0] ?? 0);
  return before ? -1 : index;
}

/** The first and last position that a row shows; `null` for what is not on the log. */
function seqsOf(row: Row | undefined): [number, number] | null {
  if (row === undefined || row.kind === 'welcome') return null;
  if (row.kind === 'notice') return [row.notices[0].seq, row.notices.at(-1)?.seq ?? row.notices[0].seq];
  return row.item.kind === 'message' ? [row.item.message.seq, row.item.message.seq] : null;
}
