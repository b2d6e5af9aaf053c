import type { Home, LoggedEvent, MessageId, Params, Result, RoomId, ThreadState } from '@confab/protocol';
import type { Store, ThreadsApi, Timeline } from '../api.ts';
import type { Asker } from '../asker.ts';
import { wireOf } from '../confab-error.ts';
import type { RoomList } from '../rooms/room-list.ts';
import { Cell, Cells } from '../store.ts';

const isUnread = ({ following, replies, readIndex }: ThreadState): boolean => following && replies > readIndex;

/** How one stands to threads: the inbox tells of every change, what it has not told of is asked for. */
export class FollowedThreads implements ThreadsApi {
  readonly unread = new Cell<readonly ThreadState[]>([]);
  readonly #asker: Asker;
  readonly #rooms: Pick<RoomList, 'threadRead'>;
  readonly #timeline: ThreadsApi['timeline'];
  readonly #known = new Map<MessageId, ThreadState>();
  readonly #cells = new Cells<MessageId, ThreadState | undefined>((root) => this.#known.get(root));
  /** Threads that were asked for. */
  readonly #asked = new Set<MessageId>();
  /** How far a thread was read here, until the server knows. */
  readonly #marks = new Map<MessageId, { index: number; telling: boolean }>();

  constructor(asker: Asker, rooms: Pick<RoomList, 'threadRead'>, timeline: ThreadsApi['timeline']) {
    this.#asker = asker;
    this.#rooms = rooms;
    this.#timeline = timeline;
  }

  state(root: MessageId): Store<ThreadState | undefined> {
    return this.#cells.cell(root);
  }

  timeline(room: RoomId, root: MessageId): Timeline {
    if (!this.#known.has(root) && !this.#asked.has(root)) this.#look(root);
    return this.#timeline(room, root);
  }

  /** How many replies one has read of a thread in which something is unread; `null` of any other. */
  unreadFrom(root: MessageId): number | null {
    const state = this.#known.get(root);
    return state !== undefined && isUnread(state) ? state.readIndex : null;
  }

  list(page: Params<'thread.list'> = {}): Promise<Result<'thread.list'>> {
    return this.#asker.call('thread.list', page);
  }

  async follow(root: MessageId): Promise<void> {
    this.#put(await this.#asker.call('thread.follow', { message: root }));
  }

  async unfollow(root: MessageId): Promise<void> {
    this.#put(await this.#asker.call('thread.unfollow', { message: root }));
  }

  markRead(root: MessageId, index: number): void {
    const state = this.#known.get(root);
    if (state === undefined) return;
    const isNews = state.following && index > state.readIndex;
    // A mention is read with the thread, whether one follows it or not.
    const wasMentioned = this.#rooms.threadRead(state.room, root, index);
    if (!isNews && !wasMentioned) return;
    if (isNews) this.#put({ ...state, readIndex: index });
    const mark = this.#marks.get(root) ?? { index, telling: false };
    this.#marks.set(root, mark);
    mark.index = index;
    if (!mark.telling) void this.#tell(root, mark);
  }

  entered(home: Home): void {
    const unread = new Set(home.threads.map(({ root }) => root));
    for (const thread of home.threads) this.#put(thread);
    // Of everything else the first screen says that nothing is unread.
    for (const thread of [...this.#known.values()]) {
      if (!unread.has(thread.root) && isUnread(thread)) this.#put({ ...thread, readIndex: thread.replies });
    }
  }

  left(): void {
    for (const root of [...this.#known.keys()]) this.#forget(root);
    this.#marks.clear();
    this.#asked.clear();
    this.#show();
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.thread-changed') this.#put(event.data);
    else if (event.event === 'inbox.room-removed') {
      for (const { root, room } of [...this.#known.values()]) if (room === event.data.room) this.#forget(root);
      this.#show();
    }
  }

  /** The connection is back: what could not be told is told. */
  welcomed(): void {
    for (const [root, mark] of this.#marks) if (!mark.telling) void this.#tell(root, mark);
  }

  /** Tells the server, and again what was read meanwhile. */
  async #tell(root: MessageId, mark: { index: number; telling: boolean }): Promise<void> {
    mark.telling = true;
    try {
      for (let told = -1; told !== mark.index; ) {
        told = mark.index;
        await this.#asker.call('thread.mark-read', { message: root, index: told });
      }
      this.#marks.delete(root);
    } catch (error) {
      // What is refused for good is not told again.
      if (wireOf(error)?.retry === 'never') this.#marks.delete(root);
    } finally {
      mark.telling = false;
    }
  }

  #look(root: MessageId): void {
    this.#asked.add(root);
    this.#asker.call('thread.show', { message: root }).then(
      (state) => this.#put(state),
      () => this.#asked.delete(root),
    );
  }

  /** Neither what was replied nor what was read ever becomes less: an older word is one that was overtaken. */
  #put(state: ThreadState): void {
    const before = this.#known.get(state.root);
    if (before && (state.replies < before.replies || state.readIndex < before.readIndex)) return;
    this.#known.set(state.root, state);
    this.#cells.set(state.root, state);
    this.#show();
  }

  #forget(root: MessageId): void {
    this.#known.delete(root);
    this.#asked.delete(root);
    this.#cells.set(root, undefined);
  }

  #show(): void {
    const unread = [...this.#known.values()].filter(isUnread);
    const before = this.unread.get();
    const isSame = unread.length === before.length && unread.every((state, index) => state === before[index]);
    if (!isSame) this.unread.set(unread);
  }
}
