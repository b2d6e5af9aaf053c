import type { LoggedEvent, MessageId, Params, PostContext, RoomId, TimelinePage } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import type { Timeline, TimelineItem, TimelineState } from '../api.ts';
import type { Asker } from '../asker.ts';
import { bounds } from '../bounds.ts';
import { ConfabError, refusal, wireOf } from '../confab-error.ts';
import { OwnReactions } from '../reactions/own-reactions.ts';
import { Cell } from '../store.ts';
import type { Outbox } from '../sync/outbox.ts';
import { Sequence } from '../sync/sequence.ts';
import { LoadedRange, type Viewer } from './loaded-range.ts';
import { Quotes } from './quotes.ts';

/** What a timeline needs from the client around it. */
export interface TimelineSurroundings extends Viewer {
  readonly asker: Asker;
  readonly outbox: Outbox;
  /** The read position, `null` when there is nothing unread or one is no member; and how much is unread. */
  unread(room: RoomId): { readSeq: number; count: number } | null;
  /** How many replies of a thread one has read, `null` when none is unread. */
  repliesRead(root: MessageId): number | null;
  /** The room's log as this client follows it stands here; 0 when it does not. */
  followedTo(room: RoomId): number;
  opened(room: RoomId): void;
  closed(room: RoomId): void;
  learn(people: TimelinePage['people']): void;
  /** What was kept of a room for when there is no connection. */
  kept(room: RoomId): Promise<TimelinePage | null>;
  /** Asks `page` in a moment what to keep of it. */
  keep(room: RoomId, page: () => TimelinePage | null): void;
  rewritten(): void;
  later(task: () => void): void;
}

type Where = Omit<Params<'message.list'>, 'room' | 'limit'>;

const empty: TimelineState = {
  status: 'loading',
  error: null,
  items: [],
  root: null,
  earlier: false,
  later: false,
  readUpTo: null,
  loading: null,
};

/** Where a timeline is: a room, or one thread in it. */
export interface Place {
  readonly room: RoomId;
  readonly thread: MessageId | null;
}

/** A room's timeline: pages of the past ([L8]) joined with the log's events, and one's own sends that wait. */
export class RoomTimeline implements Timeline {
  readonly #room: RoomId;
  readonly #thread: MessageId | null;
  readonly #around: TimelineSurroundings;
  readonly #state = new Cell<TimelineState>(empty);
  readonly get = this.#state.get;
  readonly subscribe = this.#state.subscribe;
  readonly #reactions: OwnReactions;
  readonly #quotes: Quotes;
  #range: LoadedRange | null = null;
  /** The timeline's own place on the log: it may have been closed while the room moved on. */
  #sequence: Sequence | null = null;
  #openCount = 0;
  /** Opened (around `seq`) before it was known who is signed in: what is unread, and who posts, hangs on that. */
  #waiting: { seq: number | undefined } | null = null;
  #readUpTo: number | null = null;
  #error: ConfabError | null = null;
  #loading: 'earlier' | 'later' | null = null;
  /** Raised when pages that are on their way no longer fit. */
  #generation = 0;
  #placing = false;
  #planned = false;

  constructor({ room, thread }: Place, around: TimelineSurroundings) {
    this.#room = room;
    this.#thread = thread;
    this.#around = around;
    this.#reactions = new OwnReactions({
      me: () => around.me(),
      tell: (message, emoji, on) => around.asker.call(on ? 'reaction.add' : 'reaction.remove', { message, emoji }),
      changed: () => this.#publish(),
    });
    this.#quotes = new Quotes({
      loaded: (message) => this.#range?.message(message),
      ask: async (message) => (await around.asker.call('message.show', { message })).message,
      changed: () => this.#plan(),
    });
  }

  get showing(): boolean {
    return this.#openCount > 0;
  }

  open(seq?: number): () => void {
    this.#openCount += 1;
    if (this.#openCount === 1) this.#opened(seq);
    else if (seq !== undefined) this.jumpTo(seq).catch(() => {});
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.#openCount -= 1;
      if (this.#openCount > 0) return;
      this.#waiting = null;
      this.#around.closed(this.#room);
    };
  }

  async loadEarlier(): Promise<void> {
    const range = this.#range;
    if (range?.earlier !== true) return;
    await this.#extend('earlier', { before: range.from }, (page) => {
      range.prepend(page);
      range.trim(bounds.timelineItems, 'later');
    });
  }

  async loadLater(): Promise<void> {
    const range = this.#range;
    if (range?.later !== true) return;
    await this.#extend('later', { after: range.to }, (page) => {
      range.append(page);
      range.trim(bounds.timelineItems, 'earlier');
    });
  }

  async jumpTo(seq: number): Promise<void> {
    if (this.#range?.covers(seq) !== true) await this.#place({ around: seq });
  }

  async jumpToLatest(): Promise<void> {
    if (this.#range?.later !== false) await this.#place({});
  }

  post(text: string, context?: PostContext, uploads?: readonly string[]): string {
    if (this.#range?.later === true) this.jumpToLatest().catch(() => {});
    const said = this.#thread === null ? context : { ...context, thread: this.#thread };
    return this.#around.outbox.post(this.#room, text, said, uploads);
  }

  retry(clientId: string): void {
    this.#around.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.#around.outbox.discard(clientId);
  }

  async edit(message: MessageId, text: string): Promise<void> {
    const answer = await this.#around.asker.call('message.edit', { message, text });
    if (this.#range?.replace(answer.message)) this.#publish();
  }

  async removePreviews(message: MessageId): Promise<void> {
    await this.#around.asker.call('message.remove-previews', { message });
  }

  async remove(message: MessageId): Promise<void> {
    const answer = await this.#around.asker.call('message.delete', { message });
    if (this.#range?.replace(answer.message)) this.#publish();
  }

  react(message: MessageId, emoji: string, on: boolean): Promise<void> {
    return this.#reactions.set(message, emoji, on);
  }

  /** It is known now who is signed in. */
  entered(): void {
    if (this.#waiting === null) return;
    const { seq } = this.#waiting;
    this.#waiting = null;
    this.#opened(seq);
  }

  /** The log's next event, as this client follows it. */
  heard(event: LoggedEvent): void {
    const sequence = this.#sequence;
    if (sequence === null) return;
    // A closed timeline stays where it is until it is opened again; what just follows on costs nothing.
    if (this.showing || event.seq === sequence.seq + 1) sequence.offer(event);
  }

  /** The room's log is live again and stands at `seq`: whatever this timeline has not seen is read. */
  caughtUp(seq: number): void {
    if (!this.showing) return;
    if (this.#sequence === null) this.#placeAtUnread();
    else if (seq - this.#sequence.seq > bounds.replayedEvents) this.#placeAtUnread();
    else this.#sequence.reach(seq);
  }

  /** Something about own sends changed. */
  show(): void {
    this.#publish();
  }

  /** Marked unread: everything after `readSeq` is new again. */
  divide(readSeq: number): void {
    if (!this.showing) return;
    this.#readUpTo = readSeq;
    this.#publish();
  }

  /** How many posts there are up to `seq`, given the count at the head; `null` when the stretch is not loaded. */
  countAt(seq: number, headCount: number): number | null {
    const range = this.#range;
    return range === null || range.later || seq < range.from ? null : headCount - range.postsAfter(seq);
  }

  /** Drops what was loaded: to load it anew, because it is not there for this person, or because nobody is signed in. */
  reset(reason: 'reload' | 'gone' | 'left'): void {
    this.#generation += 1;
    this.#range = null;
    this.#reactions.clear();
    this.#quotes.clear();
    this.#sequence?.pause();
    this.#sequence = null;
    this.#placing = false;
    this.#loading = null;
    this.#error = reason === 'gone' ? refusal('not-found') : null;
    if (reason === 'left' && this.showing) this.#waiting = { seq: undefined };
    this.#publish();
    if (reason === 'reload' && this.showing) this.#placeAtUnread();
  }

  #opened(seq: number | undefined): void {
    if (this.#around.me() === null) {
      this.#waiting = { seq };
      return;
    }
    this.#readUpTo = this.#thread === null ? (this.#unread()?.readSeq ?? null) : this.#lastReadReply();
    this.#error = null;
    this.#around.opened(this.#room);
    const range = this.#range;
    if (range === null || (seq === undefined ? range.later : !range.covers(seq))) this.#placeAtUnread(seq);
    else this.caughtUp(this.#around.followedTo(this.#room));
    this.#publish();
  }

  /** A thread is read by numbers of its own. */
  #unread(): { readSeq: number; count: number } | null {
    return this.#thread === null ? this.#around.unread(this.#room) : null;
  }

  /** Where reading goes on in a thread that is loaded from its first reply; `null` in any other. */
  #lastReadReply(): number | null {
    const read = this.#thread === null ? null : this.#around.repliesRead(this.#thread);
    if (read === null || this.#range === null || this.#range.earlier) return null;
    return read === 0 ? 0 : this.#range.seqAt(read - 1);
  }

  #placeAtUnread(seq?: number): void {
    if (this.#placing) return;
    const unread = this.#unread();
    const far = unread !== null && unread.count > bounds.pageMessages / 2;
    const around = seq ?? (far ? unread.readSeq : undefined);
    this.#place(around === undefined ? {} : { around }).catch(() => {});
  }

  /** Shows another stretch. What was shown stays until the page is there. */
  async #place(where: Where): Promise<void> {
    if (this.#around.me() === null) throw refusal('unauthenticated');
    this.#generation += 1;
    this.#placing = true;
    this.#loading = null;
    const generation = this.#generation;
    try {
      const page = await this.#list(where);
      if (generation !== this.#generation) return;
      this.#placing = false;
      this.#error = null;
      this.#show(page);
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#placing = false;
      this.#notPlaced(error);
      if (this.#range === null && this.#thread === null && wireOf(error) === null) await this.#showKept(generation);
      throw error;
    }
  }

  #show(page: TimelinePage): void {
    this.#range = new LoadedRange(page, this.#around, this.#thread);
    this.#readUpTo ??= this.#lastReadReply();
    this.#reactions.reloaded();
    this.#absorb(page, true);
  }

  /** Without a connection: as it was when one last looked. What came since is told when there is one again. */
  async #showKept(generation: number): Promise<void> {
    const page = await this.#around.kept(this.#room);
    if (page !== null && generation === this.#generation && this.#range === null) this.#show(page);
  }

  /** The end of what is loaded, as a page of the server would show it; `null` while something else is loaded. */
  #page(): TimelinePage | null {
    const range = this.#range;
    const sequence = this.#sequence;
    if (range === null || range.later || sequence === null) return null;
    const position = { epoch: sequence.epoch, seq: sequence.seq, count: 0 };
    return { ...range.end(bounds.shelfItems), quoted: [], people: [], position };
  }

  /** Without a connection it is not a failure: it goes on loading when there is one. */
  #notPlaced(error: unknown): void {
    const wire = wireOf(error);
    if (wire?.retry === 'later') {
      this.#around.later(() => {
        if (this.showing && this.#range === null) this.#placeAtUnread();
      });
    } else if (wire !== null && error instanceof ConfabError) this.#error = error;
    this.#publish();
  }

  async #extend(end: 'earlier' | 'later', where: Where, join: (page: TimelinePage) => void): Promise<void> {
    if (this.#loading !== null) return;
    const generation = this.#generation;
    this.#loading = end;
    this.#publish();
    try {
      const page = await this.#list(where);
      if (generation !== this.#generation) return;
      this.#loading = null;
      join(page);
      this.#absorb(page, false);
    } finally {
      if (generation === this.#generation) {
        this.#loading = null;
        this.#publish();
      }
    }
  }

  #list(where: Where): Promise<TimelinePage> {
    const place = { room: this.#room, ...(this.#thread === null ? {} : { thread: this.#thread }) };
    return this.#around.asker.call('message.list', { ...place, limit: bounds.pageMessages, ...where });
  }

  /**
   * A page stands at its own position. One that shows another stretch sets the timeline's place; one that extends
   * it may only move the place back, so that what its rows do not know yet is told again.
   */
  #absorb(page: TimelinePage, fresh: boolean): void {
    this.#around.learn(page.people);
    this.#quotes.learn(page.quoted, page.position.seq);
    if (this.#sequence !== null && this.#sequence.epoch !== page.position.epoch) {
      this.#around.rewritten();
      return;
    }
    const applied = this.#sequence?.seq ?? 0;
    this.#sequence ??= this.#sequenceFrom(page);
    if (fresh || page.position.seq < applied) this.#sequence.moveTo(page.position.seq);
    const me = this.#around.me();
    for (const { author, clientId } of page.messages) if (author === me) this.#around.outbox.shown(clientId);
    this.#publish();
    this.#sequence.reach(Math.max(applied, this.#around.followedTo(this.#room)));
  }

  #sequenceFrom(page: TimelinePage): Sequence {
    return new Sequence(page.position, {
      apply: (event) => this.#apply(event),
      reached: () => {},
      rewritten: () => this.#around.rewritten(),
      failed: () => this.#around.later(() => this.caughtUp(this.#around.followedTo(this.#room))),
      read: (after) => this.#around.asker.call('log.read', { log: roomLog(this.#room), after }),
    });
  }

  #apply(event: LoggedEvent): void {
    if (event.event === 'message.posted' && event.by === this.#around.me()) {
      this.#around.outbox.shown(event.data.clientId);
    }
    this.#reactions.heard(event);
    this.#quotes.heard(event);
    if (!this.#range?.apply(event)) return;
    // In steps, so that not every event moves the whole list.
    if (this.#range.size > bounds.timelineItems * 1.1) this.#range.trim(bounds.timelineItems, 'earlier');
    this.#plan();
  }

  /** A page of events changes much at once; it is shown once. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      if (this.#planned) this.#publish();
    });
  }

  #publish(): void {
    this.#planned = false;
    const range = this.#range;
    if (range !== null && this.#thread === null && this.showing) this.#around.keep(this.#room, () => this.#page());
    const before = this.#state.get();
    const status = this.#error !== null && range === null ? 'failed' : range === null ? 'loading' : 'ready';
    this.#state.set({
      status,
      error: status === 'failed' ? wireOf(this.#error) : null,
      items: same(before.items, this.#items()),
      root: range?.root ? this.#quotes.show(this.#reactions.show(range.root)) : null,
      earlier: range?.earlier ?? false,
      later: range?.later ?? false,
      readUpTo: this.#readUpTo,
      loading: this.#loading,
    });
  }

  #items(): readonly TimelineItem[] {
    const range = this.#range;
    const placed = range?.items().map((item) => this.#quotes.show(this.#reactions.show(item))) ?? [];
    if (range?.later === true) return placed;
    const seq = this.#sequence?.seq ?? 0;
    const pending: TimelineItem[] = [];
    for (const entry of this.#around.outbox.entries(this.#room)) {
      // Delivered, and the log is past it: it stands among the messages, or was there before what is loaded.
      if (entry.seq !== null && entry.seq <= seq) this.#around.outbox.shown(entry.send.clientId);
      else if (this.#holds(entry)) pending.push(this.#quotes.show(pendingItem(entry)));
    }
    return pending.length === 0 ? placed : [...placed, ...pending];
  }

  /** Whether a send stands here once it is posted. */
  #holds({ send: { context = {} } }: OutboxEntry): boolean {
    return this.#thread === null ? showsInRoom(context) : context.thread === this.#thread;
  }
}

type OutboxEntry = ReturnType<Outbox['entries']>[number];

function pendingItem({ send, state }: OutboxEntry): TimelineItem {
  const { clientId, text, context, uploads, queuedAt } = send;
  const said = context === undefined ? { text } : { text, context };
  const brought = uploads === undefined ? {} : { uploads: uploads.map(({ id }) => id) };
  return { kind: 'pending', key: clientId, clientId, ...said, ...brought, queuedAt, send: state };
}

/** The list before, if nothing in it changed: whoever shows it need not draw again. */
function same(before: readonly TimelineItem[], after: readonly TimelineItem[]): readonly TimelineItem[] {
  if (before.length !== after.length) return after;
  return after.every((item, index) => item === before[index]) ? before : after;
}
