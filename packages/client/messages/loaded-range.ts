import type { LoggedEvent, Message, MessageId, Notice, TimelinePage, UserId } from '@confab/protocol';
import { changedMessage, foldMessage, postedMessage, showsInRoom, withCore } from '@confab/protocol/message-fold.ts';
import { isLine } from '@confab/protocol/notices.ts';
import type { MessageItem, SendState, TimelineItem } from '../api.ts';

type PlacedItem = Extract<TimelineItem, { kind: 'message' | 'notice' }>;

interface Entry {
  readonly seq: number;
  item: PlacedItem;
  /** The position that the item was read at; what the log tells of it up to here is in it already. */
  asOf: number;
}

/** What the device knows about who looks, to name and mark items. */
export interface Viewer {
  me(): UserId | null;
  /** How far a send of this device is; `undefined` for anything else. */
  sendOf(clientId: string): SendState | undefined;
}

/**
 * The stretch of a room's timeline that is loaded: everything between `from` and `to`, nothing outside. Pages extend
 * it at its ends; events of the log change what is in it and, while it reaches the end, extend it.
 */
export class LoadedRange {
  from: number;
  to: number;
  earlier: boolean;
  later: boolean;
  readonly #viewer: Viewer;
  /** The thread that it is of; `null`: the room's own timeline. */
  readonly #thread: MessageId | null;
  #root: Entry | null = null;
  #entries: Entry[];
  readonly #messages = new Map<MessageId, Entry>();

  constructor(page: TimelinePage, viewer: Viewer, thread: MessageId | null = null) {
    this.#viewer = viewer;
    this.#thread = thread;
    this.from = page.fromSeq;
    this.to = page.toSeq;
    this.earlier = page.earlier;
    this.later = page.later;
    this.#entries = this.#entriesOf(page);
    if (page.root) {
      this.#root = { seq: page.root.seq, asOf: page.position.seq, item: this.#messageItem(page.root) };
      this.#know(this.#root);
    }
  }

  /** Of a thread: what the others reply to. */
  get root(): MessageItem | null {
    return this.#root?.item.kind === 'message' ? this.#root.item : null;
  }

  /** Where the item at a place of the list stands; `null` beyond its end. */
  seqAt(place: number): number | null {
    return this.#entries[place]?.seq ?? null;
  }

  /** A message that is loaded. */
  message(id: MessageId): Message | undefined {
    const item = this.#messages.get(id)?.item;
    return item?.kind === 'message' ? item.message : undefined;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Whether a position is loaded and, if there is anything, what comes before it: lists show it by that. */
  covers(seq: number): boolean {
    return (this.earlier ? seq > this.from : seq >= this.from) && (seq <= this.to || !this.later);
  }

  items(): PlacedItem[] {
    return this.#entries.map(({ item }) => item);
  }

  /** Messages in it after `seq` that were not deleted: what is unread when one has read up to there ([L12]). */
  postsAfter(seq: number): number {
    const isPost = ({ item }: Entry) => item.kind === 'message' && item.message.deletedAt === null;
    return this.#entries.filter((entry) => entry.seq > seq && isPost(entry)).length;
  }

  /** The last items, and the stretch that they cover. */
  end(most: number): Pick<TimelinePage, 'messages' | 'notices' | 'fromSeq' | 'toSeq' | 'earlier' | 'later'> {
    const cut = this.#entries.length > most;
    const entries = this.#entries.slice(-most);
    return {
      messages: entries.flatMap(({ item }) => (item.kind === 'message' ? [item.message] : [])),
      notices: entries.flatMap(({ item }) => (item.kind === 'notice' ? [item.notice] : [])),
      fromSeq: cut ? (entries[0]?.seq ?? this.from) : this.from,
      toSeq: this.to,
      earlier: cut || this.earlier,
      later: this.later,
    };
  }

  prepend(page: TimelinePage): void {
    this.earlier = page.earlier;
    const entries = this.#entriesOf(page).filter(({ seq }) => seq < this.from);
    if (entries.length === 0) return;
    this.from = Math.min(this.from, page.fromSeq);
    this.#entries = [...entries, ...this.#entries];
  }

  append(page: TimelinePage): void {
    this.later = page.later;
    const entries = this.#entriesOf(page).filter(({ seq }) => seq > this.to);
    if (entries.length === 0) return;
    this.to = Math.max(this.to, page.toSeq);
    this.#entries = [...this.#entries, ...entries];
  }

  /** Applies the log's next event; says whether anything looks different. */
  apply(event: LoggedEvent): boolean {
    const subject = changedMessage(event);
    const changed =
      subject !== undefined &&
      this.#change(subject, event.seq, (message) => foldMessage(message, event, this.#viewer.me()));
    if (!this.#isItem(event) || this.later || event.seq <= this.to) return changed;
    this.to = event.seq;
    this.#entries.push(this.#entryOf(event));
    return true;
  }

  /** The message as a command's answer shows it; the log will tell the same. */
  replace(message: Message): boolean {
    return this.#change(message.id, Number.POSITIVE_INFINITY, (before) => withCore(before, message));
  }

  /** Lets go of what is beyond `most` items, at the end that is further from where one reads. */
  trim(most: number, end: 'earlier' | 'later'): void {
    const over = this.#entries.length - most;
    if (over <= 0) return;
    const gone = end === 'earlier' ? this.#entries.splice(0, over) : this.#entries.splice(-over);
    for (const { item } of gone) if (item.kind === 'message') this.#messages.delete(item.message.id);
    if (end === 'earlier') {
      this.earlier = true;
      this.from = this.#entries[0]?.seq ?? this.from;
    } else {
      this.later = true;
      this.to = this.#entries.at(-1)?.seq ?? this.to;
    }
  }

  #change(id: MessageId, asOf: number, change: (message: Message) => Message): boolean {
    const entry = this.#messages.get(id);
    if (entry === undefined || entry.item.kind !== 'message' || asOf <= entry.asOf) return false;
    if (Number.isFinite(asOf)) entry.asOf = asOf;
    entry.item = this.#messageItem(change(entry.item.message));
    return true;
  }

  #entriesOf(page: TimelinePage): Entry[] {
    const asOf = page.position.seq;
    const messages = page.messages.map((message) => ({ seq: message.seq, asOf, item: this.#messageItem(message) }));
    const notices = page.notices.map((notice) => ({ seq: notice.seq, asOf, item: noticeItem(notice) }));
    const entries: Entry[] = [...messages, ...notices].sort((a, b) => a.seq - b.seq);
    for (const entry of entries) this.#know(entry);
    return entries;
  }

  #entryOf(event: LoggedEvent): Entry {
    if (event.event !== 'message.posted') {
      const { seq, at, by, event: name, data } = event;
      return { seq, asOf: seq, item: noticeItem({ seq, at, by, event: name, data }) };
    }
    const message = postedMessage(event);
    const entry = { seq: event.seq, asOf: event.seq, item: this.#messageItem(message) };
    this.#know(entry);
    return entry;
  }

  /** Whether an event stands in the timeline: a post that shows in it or, in the room's own, a line. */
  #isItem(event: LoggedEvent): boolean {
    if (event.event !== 'message.posted') return this.#thread === null && isLine(event.event);
    return this.#thread === null ? showsInRoom(event.data) : event.data.thread === this.#thread;
  }

  #know(entry: Entry): void {
    if (entry.item.kind === 'message') this.#messages.set(entry.item.message.id, entry);
  }

  #messageItem(message: Message): PlacedItem {
    const own = message.author === this.#viewer.me();
    const send = own ? this.#viewer.sendOf(message.clientId) : undefined;
    // One's own messages are known by their client id from the moment they are written.
    const key = own ? message.clientId : message.id;
    return send === undefined ? { kind: 'message', key, message } : { kind: 'message', key, message, send };
  }
}

function noticeItem(notice: Notice): PlacedItem {
  return { kind: 'notice', key: `notice-${notice.seq}`, notice };
}
